package dev.kingpin.cli;

import dev.kingpin.MadeUpGroups;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Task;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that make up groups that nobody has. */
final class WorkloadWords {
  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "How many groups, where there is no table. Default: 1000.")
  private @Nullable Integer groups;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of all groups together, such as 1e9. Default: 1e8.")
  private @Nullable Double rows;

  @Option(
      names = "--zipf",
      paramLabel = "S",
      description = {
        "The k-th largest group has a share like 1 / k^S; 0 for equal ones.",
        "Default: 1."
      })
  private @Nullable Double zipf;

  @Option(
      names = "--features",
      paramLabel = "N",
      description = "Features that are numbers. Default: 32.")
  private @Nullable Integer features;

  @Option(
      names = "--categories",
      paramLabel = "N",
      description = "Features that are categories. Default: 0.")
  private @Nullable Integer categories;

  @Option(
      names = "--levels",
      paramLabel = "N",
      description = "Distinct values of each of these. Default: 10.")
  private @Nullable Integer levels;

  /** The first word that was given, or null. */
  @Nullable String given() {
    Object[] values = {groups, rows, zipf, features, categories, levels};
    String[] names = {
      "--groups N", "--rows N", "--zipf S", "--features N", "--categories N", "--levels N"
    };
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        return names[i];
      }
    }
    return null;
  }

  /**
   * The groups.
   *
   * @throws InputException if there can be no such groups
   */
  MadeUpGroups madeUp(Task task) {
    return new MadeUpGroups(
        groups == null ? 1000 : groups,
        rows == null ? 1e8 : rows,
        zipf == null ? 1 : zipf,
        features == null ? 32 : features,
        categories == null ? 0 : categories,
        levels == null ? 10 : levels,
        task);
  }
}
