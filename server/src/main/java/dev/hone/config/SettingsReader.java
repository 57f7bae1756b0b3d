package dev.hone.config;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes settings from a file, the environment and the command line, in this order of rising weight.
 * What is unknown is refused, so that a misspelt setting is never silently ignored.
 */
public final class SettingsReader {

  private static final String ENVIRONMENT = "HONE_";
  private static final Set<String> NOT_SETTINGS =
      Set.of("HONE_JAVA_OPTS", "HONE_HOME", "HONE_CONFIG", "HONE_KEY");

  /** What a map of settings may hold besides records, and as what it is read. */
  private static final Map<Class<?>, Class<?>> SIMPLE =
      Map.of(String.class, String.class, Integer.class, int.class, Double.class, double.class);

  private final Map<String, String> given = new TreeMap<>();
  private final Map<String, String> origin = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();

  /** Adds a Java properties file, in UTF-8. */
  public SettingsReader file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettings(
          "The settings file "
              + file
              + " cannot be read: "
              + e.getMessage()
              + ". Correct it, or start without --config.");
    }
    properties.forEach((key, value) -> put(key.toString(), value.toString(), "in " + file));
    return this;
  }

  /**
   * Adds the variables that begin with {@code HONE_}: {@code HONE_RETRIEVAL_K} is {@code
   * retrieval.k}.
   */
  public SettingsReader environment(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT) && !NOT_SETTINGS.contains(name)) {
            String key =
                name.substring(ENVIRONMENT.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            put(key, value, "in the environment as " + name);
          }
        });
    return this;
  }

  /** Adds one setting, as from the command line. */
  public SettingsReader set(String key, String value) {
    put(key, value, "on the command line");
    return this;
  }

  private void put(String key, String value, String where) {
    given.put(key.strip(), value.strip());
    origin.put(key.strip(), where);
  }

  /**
   * The settings.
   *
   * @throws InvalidSettings naming the first one that is unknown or cannot be used
   */
  public Settings read() {
    Settings settings = record(Settings.class, "");
    Optional<String> unknown =
        given.keySet().stream().filter(key -> !used.contains(key)).findFirst();
    if (unknown.isPresent()) {
      String key = unknown.get();
      throw new InvalidSettings(
          "There is no setting '"
              + key
              + "' ("
              + origin.get(key)
              + "). "
              + nearest(key)
              + "'hone settings' lists all.");
    }
    return settings;
  }

  private static String nearest(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return SettingsReference.keys().stream()
        .filter(known -> known.endsWith("." + last) || known.startsWith(key))
        .findFirst()
        .map(known -> "Did you mean '" + known + "'? ")
        .orElse("");
  }

  private <T extends Record> T record(Class<T> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      values.add(value(component, prefix + component.getName()));
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidSettings invalid) {
        throw invalid;
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private Object value(RecordComponent component, String key) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return record(type.asSubclass(Record.class), key + ".");
    }
    if (type == Map.class) {
      return map(component.getGenericType(), key + ".");
    }
    Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class), key);
    used.add(key);
    return converted(type, key, given.getOrDefault(key, setting.value()));
  }

  private Object converted(Class<?> boxed, String key, String text) {
    Class<?> type = SIMPLE.getOrDefault(boxed, boxed);
    try {
      return converted(type, text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(
          "Setting "
              + key
              + " ("
              + origin.getOrDefault(key, "default")
              + ") cannot be '"
              + text
              + "': "
              + expected(type)
              + ".");
    }
  }

  private Map<String, Object> map(Type generic, String prefix) {
    Type element = ((ParameterizedType) generic).getActualTypeArguments()[1];
    Map<String, Object> map = new TreeMap<>();
    for (String key : given.keySet()) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        if (element instanceof Class<?> simple && SIMPLE.containsKey(simple)) {
          used.add(key);
          map.put(rest, converted(simple, key, given.getOrDefault(key, "")));
        } else if (element instanceof Class<?> record && rest.indexOf('.') > 0) {
          String name = rest.substring(0, rest.indexOf('.'));
          map.computeIfAbsent(
              name, any -> record(record.asSubclass(Record.class), prefix + name + "."));
        }
      }
    }
    return map;
  }

  private static Object converted(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == int.class) {
      return Integer.parseInt(text);
    }
    if (type == double.class) {
      return Double.parseDouble(text);
    }
    if (type == boolean.class) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException(text);
      };
    }
    if (type == long.class) {
      return size(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == Path.class) {
      return Path.of(text);
    }
    if (type == List.class) {
      return Stream.of(text.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .filter(constant -> constant.toString().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(text));
    }
    throw new IllegalStateException("settings of " + type + " are not read");
  }

  /** Bytes. */
  private static long size(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB|GiB)").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> amount;
      case "KiB" -> amount << 10;
      case "MiB" -> amount << 20;
      default -> amount << 30;
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static String expected(Class<?> type) {
    if (type == int.class) {
      return "a whole number is expected";
    }
    if (type == double.class) {
      return "a number is expected";
    }
    if (type == boolean.class) {
      return "true or false is expected";
    }
    if (type == long.class) {
      return "a size such as 512MiB, 10GiB is expected";
    }
    if (type == Duration.class) {
      return "a time such as 250ms, 10s, 5m, 24h is expected";
    }
    return type.isEnum()
        ? "one of "
            + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)
            + " is expected"
        : "it is not understood";
  }
}
