package dev.kingpin.store;

import dev.kingpin.data.Features;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import dev.kingpin.query.TrainQuery;
import java.util.List;

/**
 * What an artifact says of itself: enough to know where its models come from, and to encode new
 * rows as the training rows were encoded.
 *
 * @param kingpinVersion version that trained
 * @param source what the table was called
 * @param query as asked
 * @param task as decided
 * @param metric as decided
 * @param features as encoded
 * @param target as encoded
 * @param families parents of groups that were trained beside them, the global model included
 * @param configs tried on every group
 * @param combinations how many different configs the values asked for make, of which {@code
 *     configs} may be a draw; 0 if they cannot be counted
 * @param sourceRows rows of the table
 * @param dataHash of all that was read
 */
public record RunHeader(
    String kingpinVersion,
    String source,
    TrainQuery query,
    Task task,
    Metric metric,
    Features features,
    TargetInfo target,
    int families,
    List<Config> configs,
    int combinations,
    long sourceRows,
    long dataHash) {
  public RunHeader {
    configs = List.copyOf(configs);
  }
}
