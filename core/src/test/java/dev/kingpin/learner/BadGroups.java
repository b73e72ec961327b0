package dev.kingpin.learner;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of groups that have gone wrong, each in its own way, and what must become of them.
 * Columns {@code g, x0, x1, c, w, y}.
 */
final class BadGroups {
  private static final int ROWS = 60;

  /** What must become of a group; the names of failures are those of {@link Outcome.Reason}. */
  enum Fate {
    /** There is a model. */
    TRAINED,
    /** There is a model, or a reason why no config could be trained. */
    TRAINED_OR_NO_FIT,
    CONSTANT,
    TOO_FEW_ROWS,
    NO_TARGET,
    /** Whatever is said of it, and no word of a defect. */
    ANY_BUT_A_DEFECT
  }

  /** What is predicted. */
  enum Targets {
    NUMBERS(0),
    COUNTS(0),
    TWO_CLASSES(2),
    THREE_CLASSES(3);

    private final int classes;

    Targets(int classes) {
      this.classes = classes;
    }

    /** What learners of these tasks are tried with. */
    static List<Targets> of(List<Task> tasks, boolean counts) {
      List<Targets> targets = new ArrayList<>();
      if (tasks.contains(Task.REGRESSION)) {
        targets.add(counts ? COUNTS : NUMBERS);
      }
      if (tasks.contains(Task.CLASSIFICATION)) {
        targets.addAll(List.of(TWO_CLASSES, THREE_CLASSES));
      }
      return targets;
    }

    /** Number of classes, or 0. */
    int classes() {
      return classes;
    }

    /** The target of a row of a sum. */
    private double of(double sum) {
      return switch (this) {
        case NUMBERS -> sum;
        case COUNTS -> Math.max(0, Math.rint(3 + sum));
        case TWO_CLASSES -> sum > 0 ? 1 : 0;
        case THREE_CLASSES -> sum > 1 ? 2 : sum > -1 ? 1 : 0;
      };
    }
  }

  /** A row that can still be spoilt. */
  static final class Row {
    double x0;
    double x1;
    @Nullable String c;
    double w = 1;
    double y;
  }

  private final Targets targets;
  private final Random random = new Random(3);
  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final List<@Nullable String> keys = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private BadGroups(Targets targets) {
    this.targets = targets;
  }

  static BadGroups of(Targets targets) {
    BadGroups groups = new BadGroups(targets);
    groups.addTargets();
    groups.addFeatures();
    groups.addWeights();
    if (targets.classes() == 0) {
      groups.addNumbers();
    } else {
      groups.addClasses();
    }
    return groups;
  }

  /** What is wrong with the outcomes that a run of this table has left. */
  List<String> complaints(TrainJob job, RecordingSink sink) {
    List<String> complaints = complaints(job, sink, key -> requireNonNull(fates.get(key)));
    if (job.table().groups() != fates.size()) {
      complaints.add("there should be " + fates.size() + " groups");
    }
    return complaints;
  }

  /** What is wrong with the outcomes that a run of any table has left. */
  static List<String> complaints(TrainJob job, RecordingSink sink, Fate fateOfAll) {
    return complaints(job, sink, key -> fateOfAll);
  }

  private static List<String> complaints(
      TrainJob job, RecordingSink sink, Function<String, Fate> fate) {
    List<String> complaints = new ArrayList<>();
    for (int g = 0; g < job.table().groups(); g++) {
      GroupKey key = job.table().key(g);
      TrainedGroup group = sink.group(key);
      if (group == null) {
        complaints.add(key + " is not there");
      } else {
        complain(group, fate.apply(key.toString()), job.table().rows(g))
            .ifPresent(c -> complaints.add(key + " " + c));
      }
    }
    for (GroupKey key : job.families()) {
      TrainedGroup family = sink.group(key);
      if (family == null || !isAllowed(family.outcome(), Fate.ANY_BUT_A_DEFECT)) {
        complaints.add("family (" + key + ") is " + family);
      }
    }
    return complaints;
  }

  private static Optional<String> complain(TrainedGroup group, Fate fate, GroupRows rows) {
    Outcome outcome = group.outcome();
    if (!isAllowed(outcome, fate)) {
      String what = reason(outcome) == null ? outcome.status() : outcome.toString();
      return Optional.of("should be " + fate + " but is " + what);
    }
    if (outcome instanceof Outcome.Failed failed && failed.message().isBlank()) {
      return Optional.of("failed without a word");
    }
    if (outcome instanceof Outcome.Trained trained) {
      double metric = trained.metrics().get(trained.winner());
      boolean judged = Double.isFinite(metric) && Double.isFinite(trained.rivals().constant());
      if (group.validationRows() > 0 && !judged) {
        return Optional.of("has a metric of " + metric + " to " + trained.rivals().constant());
      }
      for (int b = 0; b < rows.blocks(); b++) {
        double[] predictions = new double[rows.block(b).rows() * trained.model().width()];
        trained.model().predict(rows.block(b), predictions);
        if (!Arrays.stream(predictions).allMatch(Double::isFinite)) {
          return Optional.of("predicts " + Arrays.toString(predictions));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAllowed(Outcome outcome, Fate fate) {
    Outcome.@Nullable Reason reason = reason(outcome);
    return switch (fate) {
      case TRAINED -> outcome instanceof Outcome.Trained;
      case TRAINED_OR_NO_FIT ->
          outcome instanceof Outcome.Trained || reason == Outcome.Reason.NO_FIT;
      case CONSTANT -> outcome instanceof Outcome.Constant;
      case TOO_FEW_ROWS, NO_TARGET -> reason != null && reason.name().equals(fate.name());
      case ANY_BUT_A_DEFECT -> reason != Outcome.Reason.INTERNAL;
    };
  }

  /** Why a group has no model of its own, whoever answers for it. */
  private static Outcome.@Nullable Reason reason(Outcome outcome) {
    if (outcome instanceof Outcome.Fallback fallback) {
      return fallback.reason();
    }
    return outcome instanceof Outcome.Failed failed ? failed.reason() : null;
  }

  private void addTargets() {
    add("good", Fate.TRAINED, (i, row) -> {});
    add("NULL", Fate.TRAINED, (i, row) -> {});
    add("one row", Fate.TOO_FEW_ROWS, 1, (i, row) -> {});
    add("two rows", Fate.TRAINED_OR_NO_FIT, 2, (i, row) -> row.y = i);
    add("constant target", Fate.CONSTANT, (i, row) -> row.y = 1);
    add("no target", Fate.NO_TARGET, (i, row) -> row.y = Double.NaN);
    add("target missing here and there", Fate.TRAINED, every(3, row -> row.y = Double.NaN));
  }

  private void addFeatures() {
    add("feature missing", Fate.TRAINED, (i, row) -> row.x0 = Double.NaN);
    add(
        "all features missing",
        Fate.TRAINED,
        (i, row) -> {
          row.x0 = Double.NaN;
          row.x1 = Double.NaN;
          row.c = null;
        });
    add("feature missing here and there", Fate.TRAINED, every(3, row -> row.x0 = Double.NaN));
    add("constant feature", Fate.TRAINED, (i, row) -> row.x0 = -7);
    add("twin features", Fate.TRAINED, (i, row) -> row.x1 = row.x0);
    add("infinity in a feature", Fate.TRAINED, every(5, row -> row.x0 = Double.POSITIVE_INFINITY));
    add("minus infinity", Fate.TRAINED, every(5, row -> row.x1 = Double.NEGATIVE_INFINITY));
    add("huge feature", Fate.TRAINED, (i, row) -> row.x0 *= 1e30);
    add("one huge value", Fate.TRAINED, (i, row) -> row.x0 = i == 7 ? 1e30 : row.x0);
    add("beyond float", Fate.TRAINED, every(4, row -> row.x0 = 1e300));
    add("widest range", Fate.TRAINED, (i, row) -> row.x0 = i % 2 == 0 ? -3.4e38 : 3.4e38);
    add("tiny feature", Fate.TRAINED, (i, row) -> row.x0 *= 1e-40);
    add("one level", Fate.TRAINED, (i, row) -> row.c = "a");
    add("a level for each row", Fate.TRAINED, (i, row) -> row.c = "level " + i);
  }

  private void addWeights() {
    add("weights zero", Fate.NO_TARGET, (i, row) -> row.w = 0);
    add("weights zero here and there", Fate.TRAINED, every(3, row -> row.w = 0));
    add("weights missing here and there", Fate.TRAINED, every(3, row -> row.w = Double.NaN));
    add("weight infinite", Fate.TRAINED, every(9, row -> row.w = Double.POSITIVE_INFINITY));
    add("one row outweighs all", Fate.TRAINED_OR_NO_FIT, (i, row) -> row.w = i == 0 ? 1e30 : 1e-9);
  }

  private void addNumbers() {
    add("target infinite", Fate.TRAINED, every(6, row -> row.y = Double.POSITIVE_INFINITY));
    add("target beyond float", Fate.TRAINED, every(6, row -> row.y = 1e300));
    add("no target within float", Fate.NO_TARGET, (i, row) -> row.y = -1e300);
    add("huge target", Fate.TRAINED, (i, row) -> row.y *= 1e30);
    add("tiny target", Fate.TRAINED, (i, row) -> row.y *= 1e-30);
    Fate farOut = targets == Targets.COUNTS ? Fate.TRAINED_OR_NO_FIT : Fate.TRAINED;
    add("one outlier", farOut, (i, row) -> row.y = i == 11 ? 1e35 : row.y);
  }

  private void addClasses() {
    add("other class only", Fate.CONSTANT, (i, row) -> row.y = 0);
    add("separable", Fate.TRAINED, (i, row) -> row.y = row.x0 > 0 ? 1 : 0);
    add("one of a class", Fate.TRAINED, (i, row) -> row.y = i == 20 ? 1 : 0);
    add("two of a class", Fate.TRAINED, (i, row) -> row.y = i == 20 || i == 30 ? 1 : 0);
  }

  private static BiConsumer<Integer, Row> every(int step, Consumer<Row> change) {
    return (i, row) -> {
      if (i % step == 0) {
        change.accept(row);
      }
    };
  }

  private void add(String key, Fate fate, BiConsumer<Integer, Row> change) {
    add(key, fate, ROWS, change);
  }

  private void add(String key, Fate fate, int count, BiConsumer<Integer, Row> change) {
    fates.put(key, fate);
    for (int i = 0; i < count; i++) {
      Row row = new Row();
      row.x0 = random.nextGaussian();
      row.x1 = random.nextGaussian();
      row.c = i % 3 == 0 ? null : i % 3 == 1 ? "a" : "b";
      double sum = row.x0 - row.x1 + 2 * random.nextGaussian();
      row.y = targets.of(sum);
      change.accept(i, row);
      keys.add(key.equals("NULL") ? null : key);
      rows.add(row);
    }
  }

  /** The table, rows of all groups mixed. */
  MemoryTable table() {
    int[] order = new Random(4).ints().distinct().limit(rows.size()).toArray();
    Integer[] places = new Integer[rows.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    Arrays.sort(places, (a, b) -> Integer.compare(order[a], order[b]));
    @Nullable String[] g = new String[places.length];
    @Nullable String[] c = new String[places.length];
    double[][] numbers = new double[4][places.length];
    for (int i = 0; i < places.length; i++) {
      Row row = rows.get(places[i]);
      g[i] = keys.get(places[i]);
      c[i] = row.c;
      numbers[0][i] = row.x0;
      numbers[1][i] = row.x1;
      numbers[2][i] = row.w;
      numbers[3][i] = row.y;
    }
    MemoryTable table =
        new MemoryTable("bad groups")
            .text("g", g)
            .number("x0", numbers[0])
            .number("x1", numbers[1])
            .text("c", c)
            .number("w", numbers[2]);
    return switch (targets) {
      case NUMBERS, COUNTS -> table.number("y", numbers[3]);
      case TWO_CLASSES -> table.bool("y", numbers[3]);
      case THREE_CLASSES -> table.text("y", classes(numbers[3]));
    };
  }

  private static @Nullable String[] classes(double[] numbers) {
    @Nullable String[] classes = new String[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      classes[i] = Double.isNaN(numbers[i]) ? null : "class " + (int) numbers[i];
    }
    return classes;
  }
}
