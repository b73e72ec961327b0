package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.plan.Amounts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say how a command runs. */
final class MachineWords {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to use. Default: all processors.")
  private @Nullable Integer threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "What the reader of the table may hold, such as 800MB or 2GiB.")
  private @Nullable String memory;

  @Option(names = "--quiet", description = "No progress, no notes, no account.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  int threads() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1) {
      throw new InputException("Cannot run on (" + count + ") threads. Maybe use --threads 2.");
    }
    return count;
  }

  ReadOptions options() {
    long bytes =
        memory == null ? ReadOptions.defaults().memoryBytes() : Amounts.bytes("--memory", memory);
    return new ReadOptions(bytes, threads());
  }
}
