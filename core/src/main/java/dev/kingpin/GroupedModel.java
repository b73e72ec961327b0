package dev.kingpin;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import dev.kingpin.data.TableSource;
import dev.kingpin.store.ArtifactModels;
import dev.kingpin.store.Models;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models of all groups. Safe for many threads. */
public final class GroupedModel implements AutoCloseable {
  private final Models models;
  private final Answering answering;

  GroupedModel(Models models) {
    this.models = models;
    answering = new Answering(models);
  }

  /**
   * Opens an artifact; groups are read when they are asked for.
   *
   * @throws InputException if it is missing, damaged or of a newer format
   */
  public static GroupedModel open(Path artifact) {
    return new GroupedModel(ArtifactModels.open(artifact));
  }

  /** Where the models come from. */
  public RunHeader header() {
    return models.header();
  }

  /** Number of groups, those without a model included. */
  public int size() {
    return models.size();
  }

  /** All groups, in ascending order of their keys. */
  public List<TrainedGroup> groups() {
    return models.keys().stream().map(k -> models.find(k).orElseThrow()).toList();
  }

  /** What is known of a group, or empty if it was not in the training table. */
  public Optional<TrainedGroup> find(GroupKey key) {
    return models.find(key);
  }

  /**
   * What is known of the group with these values.
   *
   * @throws InputException if there is no such group; the message names the nearest
   */
  public TrainedGroup group(@Nullable String... values) {
    GroupKey key = GroupKey.of(values);
    return models.find(key).orElseThrow(() -> unknown(key));
  }

  /** Keys of the families of groups that were trained beside the groups: the global one first. */
  public List<GroupKey> families() {
    return models.families();
  }

  /**
   * What is known of the groups that share the first values of their keys; without values of all
   * groups together.
   *
   * @throws InputException if there is no such family; the message names the nearest
   */
  public TrainedGroup family(@Nullable String... values) {
    GroupKey key = GroupKey.of(values);
    List<GroupKey> families = models.families();
    if (families.contains(key)) {
      return models.find(key).orElseThrow();
    }
    if (families.isEmpty()) {
      throw new InputException(
          "No families of groups were trained: fallback was ("
              + header().query().fallback().word()
              + "). Maybe train with fallback parent.");
    }
    if (values.length >= header().query().groupBy().size()) {
      throw new InputException(
          "("
              + key
              + ") has a value for each column, so it is a group and no family of groups."
              + " Maybe name fewer values.");
    }
    List<String> known =
        families.stream().map(GroupKey::toString).filter(f -> !f.isEmpty()).toList();
    throw new InputException(
        "There is no family of groups ("
            + key
            + "). Maybe "
            + Spelling.nearest(key.toString(), known)
                .map(near -> "you meant (" + near + ")?")
                .orElse("list the groups first."));
  }

  private InputException unknown(GroupKey key) {
    if (key.values().size() != header().query().groupBy().size()) {
      return wrongLength(key);
    }
    List<String> keys = models.keys().stream().map(GroupKey::toString).toList();
    String advice =
        Spelling.nearest(key.toString(), keys)
            .map(n -> "you meant (" + n + ").")
            .orElse("list the groups first.");
    return new InputException("There is no group (" + key + "). Maybe " + advice);
  }

  private InputException wrongLength(GroupKey key) {
    return new InputException(
        "Group ("
            + key
            + ") has another number of values than the columns that groups are made by ("
            + String.join(",", header().query().groupBy())
            + "). Maybe give a value for each.");
  }

  /**
   * Predicts the rows of a table and writes them, with all their columns and the predictions on the
   * right: {@code predicted_<target>}, for two classes also {@code predicted_<target>_probability}
   * of the second class, for more {@code predicted_<target>_<class>} for each; then who answered:
   * {@code model_group}, the values of its group or family, and {@code model_level}, the word of a
   * {@link Level}.
   *
   * @param out its ending chooses the format: .csv, .parquet or .json
   * @throws InputException if a column is missing or the file cannot be written, or if nobody
   *     answers for a group and the query's fallback wants that to be an error
   */
  public PredictionSummary predict(TableSource rows, Path out, PredictListener listener) {
    return predict(rows, out, null, listener);
  }

  /**
   * The same for the rows that meet a condition; others are left out.
   *
   * @param where in the source's language, or null for all rows
   */
  public PredictionSummary predict(
      TableSource rows, Path out, @Nullable String where, PredictListener listener) {
    return new Predictor(header(), answering).predict(rows, out, where, listener);
  }

  /**
   * Predicts the rows of a table, in its order.
   *
   * @return (rows, width), row-major: the expected target, the probability of the second class of
   *     two, or the probabilities of all classes, of which there are {@code width}; NaN where
   *     nobody answers
   */
  public double[] predict(TableSource rows) {
    return new Predictor(header(), answering).predict(rows);
  }

  /**
   * What predicts single rows of the group with these values, which need not have been in the
   * training table.
   *
   * @throws InputException if there is not one value for each group-by column, or if nobody answers
   *     and the query's fallback wants that to be an error
   */
  public RowPredictor forGroup(@Nullable String... values) {
    GroupKey key = GroupKey.of(values);
    if (values.length != header().query().groupBy().size()) {
      throw wrongLength(key);
    }
    return new RowPredictor(header(), answering.of(key));
  }

  /**
   * Writes all models to an artifact.
   *
   * @throws InputException if it cannot be written
   */
  public void save(Path out) {
    ArtifactModels.write(models, out);
  }

  @Override
  public void close() {
    models.close();
  }
}
