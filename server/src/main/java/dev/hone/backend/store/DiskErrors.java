package dev.hone.backend.store;

import dev.hone.port.Unwritable;
import dev.hone.port.Unwritable.Reason;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells errors of the disk and of the file from errors of a statement. */
final class DiskErrors {

  /** What a statement itself can be guilty of; all other codes speak of the disk or the file. */
  private static final Set<Integer> OF_THE_STATEMENT =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_TOOBIG.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code,
          SQLiteErrorCode.SQLITE_MISUSE.code,
          SQLiteErrorCode.SQLITE_RANGE.code);

  private static final Set<SQLiteErrorCode> FULL =
      Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

  private DiskErrors() {}

  /** The disk's error among the causes, if there is one. */
  static Optional<SQLException> in(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql
          && sql.getErrorCode() != 0
          && !OF_THE_STATEMENT.contains(sql.getErrorCode() & 0xff)) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /** Says that something was not written, and why. */
  static Unwritable unwritable(Throwable thrown) {
    Throwable cause = in(thrown).<Throwable>map(found -> found).orElse(thrown);
    return cause instanceof SQLiteException sqlite && FULL.contains(sqlite.getResultCode())
        ? new Unwritable(
            Reason.FULL,
            "It could not be written: the disk of the data folder is full. Free some space.",
            thrown)
        : new Unwritable(
            Reason.BROKEN,
            "It could not be written: " + cause.getMessage() + ". Look after the disk.",
            thrown);
  }
}
