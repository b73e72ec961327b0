package dev.kingpin;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.RowReader;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.TableSource;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Model;
import dev.kingpin.store.RunHeader;
import dev.kingpin.tune.RunningScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the rows of a table chunk by chunk, group by group within a chunk. */
final class Predictor {
  private final RunHeader header;
  private final Answering answering;
  private final TargetInfo target;
  private final int classes;
  private final int width;
  private final List<Answering.Answer> answers = new ArrayList<>(); // (groups seen)
  private final double[] predictions; // (Chunk.CAPACITY, width), NaN without a model
  private final double[] inOrder; // (Chunk.CAPACITY, width)
  private final RunningScore score;
  private final Map<Level, Long> byLevel = new EnumMap<>(Level.class);
  private long rows;
  private long unseen;

  Predictor(RunHeader header, Answering answering) {
    this.header = header;
    this.answering = answering;
    target = header.target();
    classes = target.classes().size();
    width = classes > 2 ? classes : 1;
    predictions = new double[Chunk.CAPACITY * width];
    inOrder = new double[Chunk.CAPACITY * width];
    score = new RunningScore(header.metric(), classes, target.offset());
  }

  /** Predictions in the order of the table: (rows, width), row-major. */
  double[] predict(TableSource source) {
    double[] all = new double[1024];
    int count = 0;
    try (RowReader reader = reader(source, null)) {
      while (reader.next()) {
        answer(reader);
        int more = reader.rows() * width;
        if (count + more > all.length) {
          all = Arrays.copyOf(all, Math.max(all.length * 2, count + more));
        }
        System.arraycopy(predictions, 0, all, count, more);
        count += more;
      }
    }
    return Arrays.copyOf(all, count);
  }

  PredictionSummary predict(
      TableSource source, Path out, @Nullable String where, PredictListener listener) {
    try (RowWriter writer = source.copyTo(out, columns(), where);
        RowReader reader = reader(source, where)) {
      while (reader.next()) {
        answer(reader);
        judge(reader);
        writer.append(reader.rows(), values(reader));
        listener.predicted(rows, reader.expectedRows());
      }
      writer.finish();
    }
    return new PredictionSummary(
        rows,
        byLevel.getOrDefault(Level.GROUP, 0L),
        byLevel.getOrDefault(Level.PARENT, 0L),
        byLevel.getOrDefault(Level.GLOBAL, 0L),
        byLevel.getOrDefault(Level.NONE, 0L),
        unseen,
        score.rows() == 0 ? OptionalDouble.empty() : OptionalDouble.of(score.metric()),
        header.metric().label());
  }

  private RowReader reader(TableSource source, @Nullable String where) {
    String weight = header.query().weight();
    List<String> groupBy = header.query().groupBy();
    return new RowReader(source, groupBy, header.features(), target, weight, where);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    String name = "predicted_" + target.name();
    columns.add(new Column(name, classes > 0 ? ColumnType.TEXT : ColumnType.NUMBER));
    if (classes == 2) {
      columns.add(new Column(name + "_probability", ColumnType.NUMBER));
    }
    Set<String> taken = new HashSet<>();
    for (int k = 0; classes > 2 && k < classes; k++) {
      columns.add(new Column(free(name + "_" + target.classes().get(k), taken), ColumnType.NUMBER));
    }
    columns.add(new Column("model_group", ColumnType.TEXT));
    columns.add(new Column("model_level", ColumnType.TEXT));
    return columns;
  }

  /** The name, with a number if another class has the same one but for upper and lower case. */
  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private void answer(RowReader reader) {
    while (answers.size() < reader.groupsSeen()) {
      answers.add(answering.of(reader.key(answers.size())));
    }
    int[] order = reader.rowsByGroup();
    int from = 0;
    while (from < order.length) {
      int group = reader.groups()[order[from]];
      int to = from + 1;
      while (to < order.length && reader.groups()[order[to]] == group) {
        to++;
      }
      answer(reader, order, from, to, answers.get(group));
      from = to;
    }
    rows += reader.rows();
  }

  private void answer(RowReader reader, int[] order, int from, int to, Answering.Answer answer) {
    Model model = answer.model();
    if (model == null) {
      Arrays.fill(inOrder, 0, (to - from) * width, Double.NaN);
    } else {
      model.predict(reader.block(order, from, to), inOrder);
    }
    byLevel.merge(answer.level(), (long) (to - from), Long::sum);
    unseen += answer.seen() ? 0 : to - from;
    for (int i = from; i < to; i++) {
      System.arraycopy(inOrder, (i - from) * width, predictions, order[i] * width, width);
    }
  }

  private void judge(RowReader reader) {
    double[] targets = reader.targets();
    for (int i = 0; targets != null && i < reader.rows(); i++) {
      double weight = reader.weight(i);
      if (weight > 0 && !Double.isNaN(predictions[i * width]) && Double.isFinite(targets[i])) {
        score.add(predictions, i * width, targets[i], weight);
      }
    }
  }

  private Object[] values(RowReader reader) {
    int count = reader.rows();
    @Nullable String[] groups = new String[count];
    @Nullable String[] levels = new String[count];
    @Nullable String[] predicted = new String[count];
    for (int i = 0; i < count; i++) {
      Answering.Answer answer = answers.get(reader.groups()[i]);
      groups[i] = answer.level() == Level.GLOBAL ? null : Objects.toString(answer.who(), null);
      levels[i] = answer.level().word();
      if (answer.model() != null && classes > 0) {
        predicted[i] =
            target.classes().get(RunningScore.predicted(predictions, i * width, classes));
      }
    }
    List<Object> values = new ArrayList<>();
    if (classes > 0) {
      values.add(predicted);
    }
    values.addAll(width == 1 ? List.of(predictions) : probabilities(count));
    values.add(groups);
    values.add(levels);
    return values.toArray();
  }

  /** (classes, rows) */
  private List<double[]> probabilities(int count) {
    List<double[]> columns = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      double[] column = new double[count];
      for (int i = 0; i < count; i++) {
        column[i] = predictions[i * width + k];
      }
      columns.add(column);
    }
    return columns;
  }
}
