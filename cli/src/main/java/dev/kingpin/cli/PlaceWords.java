package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say where models go, and what may be there before. */
final class PlaceWords {
  private static final List<String> TABLE_ENDINGS = List.of(".csv", ".tsv", ".parquet", ".json");

  @Option(
      names = "--out",
      paramLabel = "MODELS.kp",
      description = "Where the models go. A file with times goes beside it.")
  private @Nullable Path out;

  @Option(names = "--resume", description = "Go on with the run to this place that was stopped.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace what is at this place.")
  private boolean overwrite;

  @Option(
      names = "--max-failed",
      paramLabel = "N|N%",
      description = {
        "End with exit code 1 if more groups failed: nobody answers for them.",
        "Default: no limit; with --fallback fail: 0."
      })
  private @Nullable String maxFailed;

  boolean resume() {
    return resume;
  }

  boolean overwrite() {
    return overwrite;
  }

  /** The place, or null if the user named none. */
  @Nullable Path out() {
    if (out != null) {
      String name = out.toString().toLowerCase(Locale.ROOT);
      if (TABLE_ENDINGS.stream().anyMatch(name::endsWith)) {
        throw new InputException(
            "Models go to a .kp file, not to a table (" + out + "). Maybe use --out models.kp.");
      }
    }
    return out;
  }

  /** How many groups may fail, or null for all. */
  @Nullable Allowance allowance() {
    return maxFailed == null ? null : Allowance.of(maxFailed);
  }
}
