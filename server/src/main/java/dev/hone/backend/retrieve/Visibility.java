package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.experience.Query;
import dev.hone.experience.State;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.util.BytesRef;

/**
 * Who sees which version: it counts from its commit until another ended it, is active or the
 * asker's own candidate, and of a type asked for. Tested in the collector, behind the scorer, so
 * that BM25 can skip what cannot win.
 */
final class Visibility {

  static final String FROM = "from";
  static final String UNTIL = "until";
  static final String OWNER = "owner";
  static final String TYPE = "type";
  private static final String ID = "id";
  private static final BytesRef EVERYBODY = new BytesRef("");

  private Visibility() {}

  /** Adds to a document what is tested here. */
  static void describe(Document document, Experience item, long until) {
    document.add(new NumericDocValuesField(FROM, item.sequence()));
    document.add(new NumericDocValuesField(UNTIL, until));
    document.add(new SortedDocValuesField(OWNER, new BytesRef(owner(item))));
    document.add(new SortedDocValuesField(TYPE, new BytesRef(item.lesson().type())));
    document.add(new SortedDocValuesField(ID, new BytesRef(item.id())));
  }

  /** Whose candidate it is; empty when it is everybody's. */
  static String owner(Experience item) {
    return item.state() == State.ACTIVE ? "" : item.owner();
  }

  /**
   * A collector that passes on only what the query may see.
   *
   * @param but types left out
   */
  static Collector only(Query query, Set<String> but, Collector collector) {
    return new FilterCollector(collector) {
      @Override
      public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
        return new Leaf(super.getLeafCollector(context), context, query, but);
      }
    };
  }

  private static final class Leaf extends FilterLeafCollector {

    private final Query query;
    private final Set<String> but;
    private final BytesRef asker;
    private final NumericDocValues from;
    private final NumericDocValues until;
    private final SortedDocValues owner;
    private final SortedDocValues type;
    private final SortedDocValues id;

    Leaf(LeafCollector next, LeafReaderContext context, Query query, Set<String> but)
        throws IOException {
      super(next);
      this.query = query;
      this.but = but;
      asker = new BytesRef(query.principal());
      from = DocValues.getNumeric(context.reader(), FROM);
      until = DocValues.getNumeric(context.reader(), UNTIL);
      owner = DocValues.getSorted(context.reader(), OWNER);
      type = DocValues.getSorted(context.reader(), TYPE);
      id = DocValues.getSorted(context.reader(), ID);
    }

    @Override
    public void collect(int doc) throws IOException {
      if (counts(doc) && mine(doc) && wanted(doc)) {
        super.collect(doc);
      }
    }

    private boolean counts(int doc) throws IOException {
      if (!until.advanceExact(doc)) {
        return false;
      }
      long end = until.longValue();
      if (query.sequence() == Query.HEAD) {
        return end == Query.HEAD;
      }
      return end > query.sequence()
          && from.advanceExact(doc)
          && from.longValue() <= query.sequence();
    }

    private boolean mine(int doc) throws IOException {
      BytesRef value = value(owner, doc);
      return value.equals(EVERYBODY) || value.equals(asker);
    }

    private boolean wanted(int doc) throws IOException {
      return among(doc)
          && (query.exclude().isEmpty()
              || !query.exclude().contains(value(id, doc).utf8ToString()));
    }

    private boolean among(int doc) throws IOException {
      Set<String> types = query.types();
      if (types.isEmpty() && but.isEmpty()) {
        return true;
      }
      String its = value(type, doc).utf8ToString();
      return (types.isEmpty() || types.contains(its)) && !but.contains(its);
    }

    private static BytesRef value(SortedDocValues values, int doc) throws IOException {
      return values.advanceExact(doc) ? values.lookupOrd(values.ordValue()) : EVERYBODY;
    }
  }
}
