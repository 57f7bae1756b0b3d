package dev.hone.backend.store;

import dev.hone.port.NotWritten;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells failures of the disk from failures of a write. */
final class Failures {

  private static final int PRIMARY = 0xff;

  private Failures() {}

  /** A transaction that could not be begun or committed. */
  static RuntimeException of(Exception e) {
    Throwable told = told(e);
    return told instanceof NotWritten notWritten
        ? notWritten
        : new IllegalStateException("nothing was written: " + e.getMessage(), e);
  }

  /** The failure as {@link NotWritten} when it comes of the disk, else as it is. */
  static Throwable told(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
          return new NotWritten(NotWritten.Reason.FULL, e);
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR.code
            || code == SQLiteErrorCode.SQLITE_BUSY.code
            || code == SQLiteErrorCode.SQLITE_LOCKED.code
            || code == SQLiteErrorCode.SQLITE_READONLY.code
            || code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
          return new NotWritten(NotWritten.Reason.UNWRITABLE, e);
        }
      }
    }
    return failure;
  }
}
