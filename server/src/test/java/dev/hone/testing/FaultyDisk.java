package dev.hone.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database whose statements fail as they would on a bad disk: before they are run, or after, when
 * they have had their effect and nobody is told.
 */
public final class FaultyDisk {

  /** When a statement fails: before it had its effect, or after. */
  public enum When {
    BEFORE,
    AFTER
  }

  private record Fault(
      Predicate<String> statements, SQLiteErrorCode code, When when, AtomicInteger times) {}

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What is to be used in place of the real one. */
  public DataSource over(DataSource real) {
    return proxy(DataSource.class, (self, called, given) -> onSource(real, called, given));
  }

  /** Connections given out so far. */
  public int connections() {
    return connections.get();
  }

  /** From now on statements that begin so fail, this often; {@code connect} is a statement here. */
  public FaultyDisk fail(String statement, SQLiteErrorCode code, When when, int times) {
    String start = statement.toUpperCase(Locale.ROOT);
    faults.add(
        new Fault(
            sql -> sql.stripLeading().toUpperCase(Locale.ROOT).startsWith(start),
            code,
            when,
            new AtomicInteger(times)));
    return this;
  }

  /** Nothing fails any longer. */
  public void heal() {
    faults.clear();
  }

  private void check(String sql, When when) throws SQLException {
    for (Fault fault : faults) {
      if (fault.when == when
          && fault.statements.test(sql)
          && fault.times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new SQLiteException("[" + fault.code + "] injected: " + sql, fault.code);
      }
    }
  }

  private @Nullable Object onSource(DataSource real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!method.getName().equals("getConnection")) {
      return call(real, method, arguments);
    }
    check("connect", When.BEFORE);
    connections.incrementAndGet();
    Connection connection = (Connection) call(real, method, arguments);
    return proxy(
        Connection.class, (self, called, given) -> onConnection(connection, called, given));
  }

  private @Nullable Object onConnection(
      Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      check("close", When.BEFORE);
    }
    Object result = call(connection, method, arguments);
    if (!(result instanceof Statement statement)) {
      return result;
    }
    String prepared = arguments == null ? "" : String.valueOf(arguments[0]);
    return proxy(
        method.getReturnType(),
        (self, called, given) -> onStatement(statement, prepared, called, given));
  }

  private @Nullable Object onStatement(
      Statement statement, String prepared, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!method.getName().startsWith("execute")) {
      return call(statement, method, arguments);
    }
    String sql = arguments == null ? prepared : String.valueOf(arguments[0]);
    check(sql, When.BEFORE);
    Object result = call(statement, method, arguments);
    check(sql, When.AFTER);
    return result;
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FaultyDisk.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
