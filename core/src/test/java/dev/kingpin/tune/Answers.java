package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of which targets, weights and a model's answers are said one by one. */
final class Answers {
  private static final Scoring SCORING = new Scoring(new BinnedLearner());

  private final Task task;
  private final int classes;
  private final List<Double> targets = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final List<double[]> answers = new ArrayList<>(); // (rows, width)
  double shift; // what the model adds to what is said

  private Answers(Task task, int classes) {
    this.task = task;
    this.classes = classes;
  }

  static Answers of(Task task, int classes) {
    return new Answers(task, classes);
  }

  void add(double target, double weight, double... answer) {
    targets.add(target);
    weights.add(weight);
    answers.add(answer);
  }

  void addAll(Answers other) {
    IntStream.range(0, other.answers.size()).forEach(r -> addFrom(other, r));
  }

  void addFrom(Answers other, int row) {
    add(other.targets.get(row), other.weights.get(row), other.answers.get(row));
  }

  double weight() {
    return weights.stream().mapToDouble(Double::doubleValue).sum();
  }

  private int width() {
    return classes > 2 ? classes : 1;
  }

  // ---------------------------------------------------------------- as rows and models

  /** A model that answers every row the same. */
  static class Constant implements Model {
    private final int width;

    Constant(int width) {
      this.width = width;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void predict(RowBlock block, double[] predictions) {
      Arrays.fill(predictions, 0, block.rows() * width, 1.0 / width);
    }

    @Override
    public Map<String, Object> describe() {
      return Map.of();
    }
  }

  /** The rows; the answers are their features, NaN where there is none. */
  GroupRows rows() {
    int count = targets.size();
    double[] group = new double[count + classes];
    Arrays.fill(group, count, group.length, 1); // another group has a row of each class
    MemoryTable table = new MemoryTable("t").number("g", group);
    for (int k = 0; k < width(); k++) {
      int column = k;
      table.number("x" + k, numbers(answers.stream().map(a -> a[column]).toList(), group.length));
    }
    table.number("w", numbers(weights, group.length));
    if (task == Task.REGRESSION) {
      table.number("y", numbers(targets, count));
    } else {
      table.text(
          "y",
          IntStream.range(0, group.length)
              .mapToObj(r -> "class " + (r < count ? targets.get(r).intValue() : r - count))
              .toArray(String[]::new));
    }
    QueryBuilder query = TrainQuery.groupBy("g").predict("y").weight("w").task(task);
    return TableEncoder.read(
            table,
            QueryResolver.resolve(query.build(), table.schema()).encoding(),
            Parallel.ALONE,
            (rows, all) -> {})
        .rows(0);
  }

  /** Numbers, and 1 for the rows that are left. */
  private static double[] numbers(List<Double> values, int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, 1);
    for (int r = 0; r < values.size(); r++) {
      numbers[r] = values.get(r);
    }
    return numbers;
  }

  /** Says what the rows say. */
  Model model() {
    int width = width();
    double more = shift;
    return new Constant(width) {
      @Override
      public void predict(RowBlock block, double[] predictions) {
        for (int i = 0; i < block.rows() * width; i++) {
          double offset = block.features().numeric().get(i % width).offset();
          predictions[i] = block.numeric()[block.numericOffset() + i] + offset + more;
        }
      }
    };
  }

  // ---------------------------------------------------------------- scored

  double score(Metric metric) {
    return totals(List.of(model()), List.of(metric)).of(0, metric);
  }

  void addTo(ScoreTotals totals, Metric metric) {
    GroupRows rows = rows();
    Scoring.Request request = request(rows, List.of(model()), List.of(metric));
    totals.add(request, scanned(request, rows));
  }

  ScoreTotals totals(List<Model> models, List<Metric> metrics) {
    return totals(rows(), models, metrics);
  }

  static ScoreTotals totals(GroupRows rows, List<Model> models, List<Metric> metrics) {
    return totals(rows, models, metrics, 0);
  }

  static ScoreTotals totals(GroupRows rows, List<Model> models, List<Metric> metrics, int fold) {
    Scoring.Request request =
        SCORING.request(models, metrics, rows.stats(), fold, rows.foldStarts(fold));
    ScoreTotals totals = new ScoreTotals(models.size());
    totals.add(request, scanned(request, rows));
    return totals;
  }

  private static Scoring.Answers scanned(Scoring.Request request, GroupRows rows) {
    Workspace workspace = new Workspace(Kernels.best());
    Scoring.Answers partial = SCORING.partial(request, null);
    for (int b = 0; b < rows.blocks(); b++) {
      SCORING.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
    }
    return partial;
  }

  private static Scoring.Request request(GroupRows rows, List<Model> models, List<Metric> metrics) {
    return SCORING.request(models, metrics, rows.stats(), 0, rows.foldStarts(0));
  }

  /** Blocks in any order, each to any worker, whose partials are merged in any order. */
  ScoreTotals sharded(List<Model> models, List<Metric> metrics, int workers, Random random) {
    GroupRows rows = rows();
    Scoring.Request request = request(rows, models, metrics);
    List<Scoring.Answers> partials = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      partials.add(SCORING.partial(request, null));
    }
    List<Integer> blocks = new ArrayList<>(IntStream.range(0, rows.blocks()).boxed().toList());
    Collections.shuffle(blocks, random);
    Workspace workspace = new Workspace(Kernels.best());
    for (int b : blocks) {
      Scoring.Answers partial = partials.get(random.nextInt(workers));
      SCORING.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
    }
    while (partials.size() > 1) {
      Scoring.Answers from = partials.remove(random.nextInt(partials.size()));
      SCORING.merge(partials.get(random.nextInt(partials.size())), from);
    }
    ScoreTotals totals = new ScoreTotals(models.size());
    totals.add(request, partials.get(0));
    return totals;
  }

  // ---------------------------------------------------------------- by plain loops

  double plain(Metric metric) {
    return switch (metric) {
      case RMSE -> Math.sqrt(mean(this::squaredError));
      case MAE -> mean(r -> Math.abs(answers.get(r)[0] - targets.get(r)));
      case R2 -> r2();
      case LOG_LOSS -> mean(r -> -Math.log(Math.max(1e-15, likelihood(r))));
      case ACCURACY -> mean(r -> guess(r) == targets.get(r) ? 1 : 0);
      case AUC -> area();
    };
  }

  private interface OfRow {
    double of(int row);
  }

  private double mean(OfRow value) {
    double sum = 0;
    for (int r = 0; r < targets.size(); r++) {
      sum += weights.get(r) * value.of(r);
    }
    return sum / weight();
  }

  private double squaredError(int row) {
    double error = answers.get(row)[0] - targets.get(row);
    return error * error;
  }

  private double r2() {
    double middle = mean(targets::get);
    double variance = mean(r -> (targets.get(r) - middle) * (targets.get(r) - middle));
    return variance > 0 ? 1 - mean(this::squaredError) / variance : Double.NaN;
  }

  private double likelihood(int row) {
    int truth = targets.get(row).intValue();
    double[] answer = answers.get(row);
    return answer.length > 1 ? answer[truth] : truth == 1 ? answer[0] : 1 - answer[0];
  }

  private int guess(int row) {
    double[] answer = answers.get(row);
    if (answer.length == 1) {
      return answer[0] >= 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < answer.length; k++) {
      best = answer[k] > answer[best] ? k : best;
    }
    return best;
  }

  private double area() {
    if (width() == 1) {
      return area(1, 0);
    }
    double[] areas =
        IntStream.range(0, classes)
            .mapToDouble(k -> area(k, k))
            .filter(a -> !Double.isNaN(a))
            .toArray();
    return Arrays.stream(areas).average().orElse(Double.NaN);
  }

  /** Over all pairs of a row of the class and a row of another. */
  private double area(int ofClass, int column) {
    double ordered = 0;
    double all = 0;
    for (int p = 0; p < targets.size(); p++) {
      for (int q = 0; q < targets.size() && targets.get(p) == ofClass; q++) {
        if (targets.get(q) != ofClass) {
          double pair = weights.get(p) * weights.get(q);
          int order = Double.compare(answers.get(p)[column], answers.get(q)[column]);
          ordered += pair * (order > 0 ? 1 : order == 0 ? 0.5 : 0);
          all += pair;
        }
      }
    }
    return all > 0 ? ordered / all : Double.NaN;
  }
}
