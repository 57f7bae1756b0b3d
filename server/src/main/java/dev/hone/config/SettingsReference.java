package dev.hone.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Describes all settings, from their declarations. */
public final class SettingsReference {

  /** One setting. */
  public record Entry(String key, String standard, String says) {}

  private SettingsReference() {}

  /** All settings, in the order of their declaration; NAME stands for a name of one's own. */
  public static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    collect(Settings.class, "", entries);
    return entries;
  }

  static List<String> keys() {
    return entries().stream().map(Entry::key).toList();
  }

  private static void collect(Class<?> type, String prefix, List<Entry> entries) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + component.getName();
      Setting setting = component.getAnnotation(Setting.class);
      if (setting != null) {
        String name = component.getType() == Map.class ? key + ".NAME" : key;
        entries.add(new Entry(name, setting.value(), setting.says()));
      } else if (component.getType().isRecord()) {
        collect(component.getType(), key + ".", entries);
      } else if (component.getGenericType() instanceof ParameterizedType map
          && map.getActualTypeArguments()[1] instanceof Class<?> element) {
        collect(element, key + ".NAME.", entries);
      }
    }
  }
}
