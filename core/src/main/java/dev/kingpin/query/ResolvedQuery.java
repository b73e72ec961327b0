package dev.kingpin.query;

import dev.kingpin.data.EncodeRequest;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import java.util.List;
import java.util.Map;

/**
 * A query with every choice made for a table: nothing downstream looks at words again.
 *
 * @param query as asked
 * @param encoding which rows and columns to read
 * @param task decided
 * @param metric decided
 * @param learner found
 * @param grid values to try for every setting of the learner, in the order of its settings
 * @param notes choices that the user should hear of
 */
public record ResolvedQuery(
    TrainQuery query,
    EncodeRequest encoding,
    Task task,
    Metric metric,
    Learner learner,
    Map<String, List<String>> grid,
    List<String> notes) {
  public ResolvedQuery {
    grid = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(grid));
    notes = List.copyOf(notes);
  }

  /** Whether families are trained beside the groups. */
  public boolean wantsFamilies(List<Config> configs) {
    return query.fallback() == Fallback.PARENT
        || query.fallback() == Fallback.GLOBAL
        || wantsPriors(configs);
  }

  /** Whether some config leans on what parents have learned. */
  public boolean wantsPriors(List<Config> configs) {
    return configs.stream().anyMatch(learner::wantsPrior);
  }
}
