package dev.hone.backend.retrieve;

import dev.hone.experience.Query;
import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/** Collects the best that the query may see. */
record TopVisible(Query query, int most) implements CollectorManager<TopVisible.Filtered, TopDocs> {

  private static final int HITS_COUNTED = 1;

  /** The filter with the collector behind it. */
  record Filtered(Collector filter, TopScoreDocCollector top) implements Collector {
    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
      return filter.getLeafCollector(context);
    }

    @Override
    public ScoreMode scoreMode() {
      return top.scoreMode();
    }
  }

  @Override
  public Filtered newCollector() {
    TopScoreDocCollector top = new TopScoreDocCollectorManager(most, HITS_COUNTED).newCollector();
    return new Filtered(Visibility.only(query, top), top);
  }

  @Override
  public TopDocs reduce(Collection<Filtered> collectors) {
    return TopDocs.merge(
        most, collectors.stream().map(each -> each.top.topDocs()).toArray(TopDocs[]::new));
  }
}
