package dev.kingpin.cli;

import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say who answers for a group. */
final class AnswerWords {
  @Option(
      names = "--fallback",
      paramLabel = "WHO",
      description = {
        "For groups without a model: parent (the nearest model along the",
        "group-by columns), global (the model of all rows), none, or fail (such",
        "groups count as lost). Default: parent."
      })
  private @Nullable String fallback;

  @Option(
      names = "--answer-with",
      paramLabel = "WHO",
      description = {
        "For groups with a model: own, or best (own, parent or global, whoever",
        "did best on the group's validation rows). Default: own."
      })
  private @Nullable String answerWith;

  /**
   * Adds to a query what these words ask.
   *
   * @throws dev.kingpin.data.InputException if they make no sense
   */
  void addTo(QueryBuilder query) {
    if (fallback != null) {
      query.fallback(Fallback.of(fallback));
    }
    if (answerWith != null) {
      query.answerWith(AnswerWith.of(answerWith));
    }
  }
}
