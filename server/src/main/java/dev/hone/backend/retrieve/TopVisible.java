package dev.hone.backend.retrieve;

import dev.hone.experience.Limits;
import dev.hone.experience.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/**
 * Collects the best that the query may see.
 *
 * @param but types left out
 */
record TopVisible(Query query, Set<String> but, int most)
    implements CollectorManager<TopVisible.Filtered, TopDocs> {

  private static final int HITS_COUNTED = 1;

  /**
   * What is to be collected so that no type takes the place of another: where types have limits of
   * their own, each type by itself, and those that are not known by name together.
   *
   * @param least types whose limit is lower are left out
   */
  static List<TopVisible> of(Query query, int most, int least) {
    Limits limits = query.ofType();
    if (limits.uniform()) {
      return List.of(new TopVisible(query, Set.of(), most));
    }
    Set<String> own = limits.own().keySet();
    List<TopVisible> all = new ArrayList<>();
    for (String type : query.types().isEmpty() ? own : query.types()) {
      if (limits.of(type) >= least) {
        all.add(new TopVisible(query.ofTypes(Set.of(type)), Set.of(), most));
      }
    }
    if (query.types().isEmpty() && limits.standard() >= least) {
      all.add(new TopVisible(query, own, most));
    }
    return all;
  }

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
    return new Filtered(Visibility.only(query, but, top), top);
  }

  @Override
  public TopDocs reduce(Collection<Filtered> collectors) {
    return TopDocs.merge(
        most, collectors.stream().map(each -> each.top.topDocs()).toArray(TopDocs[]::new));
  }
}
