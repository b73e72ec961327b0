package dev.kingpin;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.RowReader;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.TableSource;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.store.Models;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Answers the rows of a table chunk by chunk, group by group within a chunk. */
final class Predictor {
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final Models models;
  private final RunHeader header;
  private final TargetInfo target;
  private final List<Answerer> answerers = new ArrayList<>(); // (groups seen)
  private final double[] predictions = new double[Chunk.CAPACITY]; // NaN without a model
  private final double[] inOrder = new double[Chunk.CAPACITY];
  private long rows;
  private long answered;
  private long unseen;
  private double loss;
  private long judged;

  Predictor(Models models) {
    this.models = models;
    header = models.header();
    target = header.target();
  }

  /** Who answers for a group: a model, or nobody; {@code known} says whether it was trained on. */
  private record Answerer(String group, @Nullable Model model, boolean known) {}

  double[] predict(TableSource source) {
    double[] all = new double[1024];
    int count = 0;
    try (RowReader reader = reader(source)) {
      while (reader.next()) {
        answer(reader);
        if (count + reader.rows() > all.length) {
          all = Arrays.copyOf(all, Math.max(all.length * 2, count + reader.rows()));
        }
        System.arraycopy(predictions, 0, all, count, reader.rows());
        count += reader.rows();
      }
    }
    return Arrays.copyOf(all, count);
  }

  PredictionSummary predict(TableSource source, Path out, PredictListener listener) {
    try (RowWriter writer = source.copyTo(out, columns());
        RowReader reader = reader(source)) {
      while (reader.next()) {
        answer(reader);
        writer.append(reader.rows(), values(reader));
        listener.predicted(rows, reader.expectedRows());
      }
      writer.finish();
    }
    OptionalDouble metric =
        judged == 0 ? OptionalDouble.empty() : OptionalDouble.of(metric(loss / judged));
    return new PredictionSummary(
        rows, answered, unseen, rows - answered - unseen, metric, header.metric().label());
  }

  private RowReader reader(TableSource source) {
    return new RowReader(source, header.query().groupBy(), header.features(), target, null);
  }

  private boolean isClass() {
    return !target.classes().isEmpty();
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    String name = "predicted_" + target.name();
    columns.add(new Column(name, isClass() ? ColumnType.TEXT : ColumnType.NUMBER));
    if (isClass()) {
      columns.add(new Column(name + "_probability", ColumnType.NUMBER));
    }
    columns.add(new Column("model_group", ColumnType.TEXT));
    columns.add(new Column("model_level", ColumnType.TEXT));
    return columns;
  }

  private void answer(RowReader reader) {
    while (answerers.size() < reader.groupsSeen()) {
      answerers.add(answerer(reader.key(answerers.size())));
    }
    int[] order = reader.rowsByGroup();
    int from = 0;
    while (from < order.length) {
      int group = reader.groups()[order[from]];
      int to = from + 1;
      while (to < order.length && reader.groups()[order[to]] == group) {
        to++;
      }
      answer(reader, order, from, to, answerers.get(group));
      from = to;
    }
    rows += reader.rows();
    judge(reader);
  }

  private Answerer answerer(GroupKey key) {
    Optional<TrainedGroup> found = models.find(key);
    Model model = found.map(TrainedGroup::outcome).map(Predictor::model).orElse(null);
    return new Answerer(key.toString(), model, found.isPresent());
  }

  private static @Nullable Model model(Outcome outcome) {
    if (outcome instanceof Outcome.Trained trained) {
      return trained.model();
    }
    return outcome instanceof Outcome.Constant constant ? constant.model() : null;
  }

  private void answer(RowReader reader, int[] order, int from, int to, Answerer answerer) {
    if (answerer.model() == null) {
      Arrays.fill(inOrder, 0, to - from, Double.NaN);
      unseen += answerer.known() ? 0 : to - from;
    } else {
      answerer.model().predict(reader.block(order, from, to), inOrder);
      answered += to - from;
    }
    for (int i = from; i < to; i++) {
      predictions[order[i]] = inOrder[i - from];
    }
  }

  private void judge(RowReader reader) {
    double[] targets = reader.targets();
    if (targets == null) {
      return;
    }
    for (int i = 0; i < reader.rows(); i++) {
      if (!Double.isNaN(predictions[i]) && Double.isFinite(targets[i])) {
        loss += loss(predictions[i], targets[i]);
        judged++;
      }
    }
  }

  private double loss(double prediction, double actual) {
    if (header.metric() == Metric.RMSE) {
      return (prediction - actual) * (prediction - actual);
    }
    double likelihood = actual == 1 ? prediction : 1 - prediction;
    return -StrictMath.log(Math.max(SMALLEST_PROBABILITY, likelihood));
  }

  private double metric(double meanLoss) {
    return header.metric() == Metric.RMSE ? Math.sqrt(meanLoss) : meanLoss;
  }

  private @Nullable Object[] values(RowReader reader) {
    int count = reader.rows();
    @Nullable String[] groups = new String[count];
    @Nullable String[] levels = new String[count];
    @Nullable String[] classes = new String[count];
    for (int i = 0; i < count; i++) {
      Answerer answerer = answerers.get(reader.groups()[i]);
      boolean has = answerer.model() != null;
      groups[i] = has ? answerer.group() : null;
      levels[i] = has ? "group" : "none";
      if (has && isClass()) {
        classes[i] = target.classes().get(predictions[i] >= 0.5 ? 1 : 0);
      }
    }
    return isClass()
        ? new Object[] {classes, predictions, groups, levels}
        : new Object[] {predictions, groups, levels};
  }
}
