package dev.hone.testing;

import dev.hone.experience.Change;
import dev.hone.experience.Evidence;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes true what tests quote: a pool before which, ahead of every change, somebody says what its
 * evidence quotes, in an interaction of that id, unless the journal has one of that id.
 */
final class Witnesses {

  private final Journal journal;
  private final Pool pool;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private Witnesses(Journal journal, Pool pool) {
    this.journal = journal;
    this.pool = pool;
  }

  static Pool before(Pool pool, Journal journal) {
    Witnesses witnesses = new Witnesses(journal, pool);
    return (Pool)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Pool.class},
            (proxy, method, arguments) -> witnesses.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (arguments != null && arguments[0] instanceof Pool.ChangeSet set) {
      set.changes().forEach(change -> testify(set.space(), evidence(change)));
    }
    try {
      return method.invoke(pool, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static List<Evidence> evidence(Change change) {
    return switch (change) {
      case Change.Add add -> add.evidence();
      case Change.Revise revise -> revise.evidence();
      case Change.Reinforce reinforce -> reinforce.evidence();
      default -> List.of();
    };
  }

  private void testify(String space, List<Evidence> evidence) {
    for (Evidence each : evidence) {
      String id = each.interaction();
      if (id.startsWith("edit/")) {
        continue;
      }
      if (known.add(space + "/" + id) && journal.interaction(space, id).isEmpty()) {
        made.add(id);
        journal.opened(
            Samples.opening(id, new Scope(space, each.principal(), null, null, null), said(each)));
        journal.completed(space, id, Samples.answered(Samples.assistant("an answer")));
      }
      if (each.role() == Role.OUTCOME && made.contains(id)) {
        journal.outcome(
            space,
            new Outcome(
                String.join("/", "said", space, id, each.principal(), each.quote()),
                id,
                "comment",
                null,
                null,
                each.quote(),
                each.principal(),
                Samples.START));
      }
    }
  }

  private static Message said(Evidence evidence) {
    return Message.text(
        evidence.role() == Role.OUTCOME ? Role.USER : evidence.role(), evidence.quote());
  }
}
