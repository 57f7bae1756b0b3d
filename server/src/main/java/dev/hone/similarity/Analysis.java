package dev.hone.similarity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The one analysis of text into terms, for retrieval, similarity and the built-in model: Unicode
 * words (UAX #29), lower-cased; Chinese, Japanese and Korean runs as bigrams; English inflections
 * removed (Porter 1980).
 */
public final class Analysis {

  /**
   * Changes whenever the same text would give other terms; an index written by another version is
   * rebuilt.
   */
  public static final String VERSION = "1";

  private final Analyzer analyzer = new UnicodeWords();

  /** The terms of a text, in order, repetitions included. */
  public List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading a string cannot fail", e);
    }
    return terms;
  }

  private static final class UnicodeWords extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new StandardTokenizer();
      TokenStream terms = new EnglishPossessiveFilter(words);
      terms = new CJKWidthFilter(terms);
      terms = new LowerCaseFilter(terms);
      terms = new CJKBigramFilter(terms);
      terms = new PorterStemFilter(terms);
      return new TokenStreamComponents(words, terms);
    }
  }
}
