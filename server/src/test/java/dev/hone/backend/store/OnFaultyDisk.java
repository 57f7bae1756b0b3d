package dev.hone.backend.store;

import dev.hone.testing.FaultyDisk;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;

/** Opens real stores on a disk that can be told to fail. */
public final class OnFaultyDisk {

  private OnFaultyDisk() {}

  /** The stores in a folder; only what is written goes through the disk. */
  public static Stores stores(Path folder, FaultyDisk disk) {
    Path file = folder.resolve("hone.db");
    return Stores.over(
        new Database(file, disk.over(Database.source(file, false))), new SettableClock());
  }
}
