package dev.hone.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a setting: a component of a settings record. Its key is the group's name, a dot, and the
 * component's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** The default, as written in a file. */
  String value();

  /** What it does, with unit and range. */
  String says();

  /** Whether it must not be shown. */
  boolean secret() default false;
}
