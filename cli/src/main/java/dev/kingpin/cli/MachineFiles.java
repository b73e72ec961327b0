package dev.kingpin.cli;

import dev.kingpin.plan.Rates;
import dev.kingpin.store.MachineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the rates of this machine are kept: a file in the user's folder for caches. */
final class MachineFiles {
  private static final Path NAME = Path.of("kingpin", "machine.json");

  private MachineFiles() {}

  /** The place, whether a file is there or not; null if the user has no folder. */
  static @Nullable Path cached(Map<String, String> environment) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (!caches.isEmpty()) {
      return Path.of(caches).resolve(NAME);
    }
    return home.isEmpty() ? null : Path.of(home, ".cache").resolve(NAME);
  }

  /**
   * The rates in a file that was named, else those measured here, else the usual ones.
   *
   * @throws dev.kingpin.data.InputException if the file makes no sense
   */
  static Rates rates(@Nullable Path named, Map<String, String> environment) {
    if (named != null) {
      return new Rates(MachineFile.read(named), "those of " + named);
    }
    Path cached = cached(environment);
    if (cached != null && Files.exists(cached)) {
      return new Rates(MachineFile.read(cached), "as measured here (" + cached + ")");
    }
    return new Rates(Rates.USUAL.machine(), Rates.USUAL.origin() + "; to measure: kingpin machine");
  }
}
