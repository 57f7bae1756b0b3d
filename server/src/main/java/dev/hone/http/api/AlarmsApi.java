package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Alarm;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Keys.Role;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code /api/v1/alarms}: whether outcomes get worse. */
public final class AlarmsApi implements Resource {

  private static final Struct ALARM =
      Struct.of()
          .required("kind", names(Alarm.Kind.values()), "What is watched.")
          .required("status", names(Alarm.Status.values()), "unknown: too few sessions to tell.")
          .required("statement", Schema.text(), "The same in a sentence.")
          .required(
              "groups",
              Schema.list(
                  Struct.of()
                      .required("name", Schema.text(), "")
                      .required("sessions", Schema.count(), "")
                      .required("mean", Schema.number(), "The mean outcome of the sessions.")),
              "What is compared.")
          .optional("bound", Schema.number(), "How large a difference chance would make.")
          .required("level", Schema.number(), "How likely this alarm may be false.")
          .optional("commit", Shapes.ID, "The refinement that may be to blame.")
          .optional("advice", Schema.text(), "What to look at next.");

  private final Function<String, List<Alarm>> alarms;

  /**
   * @param alarms what is to be said of a space now
   */
  public AlarmsApi(Function<String, List<Alarm>> alarms) {
    this.alarms = alarms;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "GET",
                    "/api/v1/alarms",
                    Role.CURATOR,
                    "Whether outcomes get worse: without refinement, after one, or in some types.")
                .with(Trait.SCOPED)
                .answers(
                    200,
                    Struct.of()
                        .required("space", Schema.text(), "")
                        .required("items", Schema.list(ALARM), "One of each kind.")),
            this::list));
  }

  private Answer list(Ask ask) {
    String space = ask.space();
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("space", space);
    ArrayNode items = view.putArray("items");
    alarms.apply(space).forEach(alarm -> items.add(view(alarm)));
    return Answer.of(200, view);
  }

  private static ObjectNode view(Alarm alarm) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", name(alarm.kind()))
            .put("status", name(alarm.status()))
            .put("statement", alarm.statement());
    ArrayNode groups = view.putArray("groups");
    alarm
        .groups()
        .forEach(
            group ->
                groups
                    .addObject()
                    .put("name", group.name())
                    .put("sessions", group.sessions())
                    .put("mean", group.mean()));
    return view.put("bound", alarm.bound())
        .put("level", alarm.level())
        .put("commit", alarm.commit())
        .put("advice", alarm.advice());
  }

  private static Schema names(Enum<?>[] values) {
    return Schema.choice(Stream.of(values).map(AlarmsApi::name).toList());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
