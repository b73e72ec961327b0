package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.EncodedRows;
import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every learner promises, as tests. A new learner inherits it: write a class that extends this
 * one, in whatever module the learner is, and give it {@link #learner()}. Nothing else has to be
 * said. Then the learner is trained on plain rows, on rows with missing values, categories and
 * weights, on groups of two rows and of several blocks, and on groups that have gone wrong; with
 * some rows held out and no parent, and with several folds and what a parent has learned; in one
 * piece, in pieces, in another order, stopped and resumed, with either twin of the kernels, by hand
 * and by an engine. All of it must give the same bits.
 *
 * <p>What the comments of {@link Trainer} and {@link AggregateTrainer} leave to be said:
 *
 * <ul>
 *   <li>A snapshot holds all of the state. Restored, it goes on as if nothing had happened.
 *   <li>The state of the rows is all zeros when a chain begins. {@link AggregateTrainer#replay}
 *       overwrites it with what training had left there when the snapshot was taken; a refit starts
 *       with a replay too.
 *   <li>A chain may be given a prior whether or not its configs want one, and a refit is restored
 *       with the prior of the chain that it comes from.
 *   <li>A fit may have to learn from a single row, from rows whose targets are all equal, or
 *       without a class that its validation rows have.
 *   <li>A state keeps no hold of a partial that it was told: the partial may serve again.
 *   <li>Where a group is too bad to learn from, {@link Trainer#finish} says so by {@link
 *       FitResult#failed}; an exception is a defect.
 * </ul>
 *
 * <p>Override {@link #configs()} if the defaults of the learner's settings make too large a grid
 * for tests, {@link #tables} if other tables are hard for the learner, {@link #learnsCounts()} if
 * it takes no negative targets, and {@link #isRegistered()} only for learners that live in tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = SEPARATE_THREAD) // a chain that never ends is a failure too
public abstract class LearnerContractTest {
  private static final int SNAPSHOTS_TRIED = 20;

  private final List<ContractSample> samples = new ArrayList<>();

  /** The learner under test; a new one each time. */
  protected abstract Learner learner();

  /** The configs that are tried; at least two. */
  protected List<Config> configs() {
    return TestJobs.defaults(learner());
  }

  /** Recipes of the tables that steps and models are tried on, by name; seldom large. */
  protected Map<String, Recipe> tables(Task task) {
    return ContractSample.tables(task);
  }

  /** Whether targets of regression must be counts. */
  protected boolean learnsCounts() {
    return false;
  }

  /** Whether the learner is found by its name. */
  protected boolean isRegistered() {
    return true;
  }

  /** Groups of all tasks that an engine would hand to a trainer. */
  Stream<ContractSample> samples() {
    if (samples.isEmpty()) {
      for (Task task : learner().tasks()) {
        tables(task)
            .forEach(
                (name, recipe) ->
                    samples.addAll(ContractSample.of(learner(), configs(), name, task, recipe)));
      }
    }
    return samples.stream();
  }

  private ChainDriver<?> driver(ContractSample sample, Chain chain) {
    return driver(sample, chain, Kernels.best());
  }

  private ChainDriver<?> driver(ContractSample sample, Chain chain, Kernels kernels) {
    ChainDriver.Ground ground =
        new ChainDriver.Ground(sample.rows(), sample.prior(), kernels, ContractSample.SEED);
    return ChainDriver.begin(learner().trainer(chain), chain, ground);
  }

  // ---------------------------------------------------------------- chains

  @Test
  void everyFitIsInExactlyOneChain() {
    List<Fit> fits = new ArrayList<>();
    for (RowMask mask : List.of(new RowMask(1), RowMask.ALL, new RowMask(2))) {
      configs().forEach(c -> fits.add(new Fit(c, mask)));
    }
    for (Task task : learner().tasks()) {
      Metric metric = Metric.defaultFor(task);
      List<Chain> chains = learner().chains(task, metric, fits);
      assertThat(chains.stream().flatMap(c -> c.fits().stream()))
          .containsExactlyInAnyOrderElementsOf(fits);
      assertThat(chains)
          .allSatisfy(
              chain -> {
                assertThat(chain.fits()).isNotEmpty();
                assertThat(chain.task()).isEqualTo(task);
                assertThat(chain.metric()).isEqualTo(metric);
                boolean sequential = learner().trainer(chain) instanceof SequentialTrainer;
                assertThat(chain.pattern() == Pattern.SEQUENTIAL).isEqualTo(sequential);
              });
      assertThat(learner().chains(task, metric, fits)).isEqualTo(chains);
    }
  }

  // ---------------------------------------------------------------- steps

  @ParameterizedTest
  @MethodSource("samples")
  void blocksInAnyOrderAndPartialsInAnyTreeGiveTheSameState(ContractSample sample) {
    checks(sample).forEach(AggregateChecks::anyOrderGivesTheSameState);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aReusedPartialIsAsGoodAsAFreshOne(ContractSample sample) {
    GroupRows largest = sample.job().table().rows(0);
    checks(sample).forEach(c -> c.aReusedPartialIsAsGoodAsAFreshOne(largest));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void askingTwiceChangesNothing(ContractSample sample) {
    checks(sample).forEach(AggregateChecks::askingTwiceChangesNothing);
  }

  private List<AggregateChecks<?, ?, ?>> checks(ContractSample sample) {
    List<AggregateChecks<?, ?, ?>> checks = new ArrayList<>();
    for (Chain chain : sample.job().chains()) {
      if (learner().trainer(chain) instanceof AggregateTrainer<?, ?, ?> aggregate) {
        checks.add(new AggregateChecks<>(aggregate, chain, sample.rows(), sample.prior()));
      }
    }
    return checks;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void twoRunsGiveTheSameBytes(ContractSample sample) {
    for (Chain chain : sample.job().chains()) {
      assertSameEnd(driver(sample, chain).run(), driver(sample, chain).run());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void scalarAndVectorKernelsGiveTheSameBytes(ContractSample sample) {
    for (Chain chain : sample.job().chains()) {
      ChainDriver<?> scalar = driver(sample, chain, Kernels.scalar()).run();
      assertSameEnd(scalar, driver(sample, chain, Kernels.best()).run());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aChainRestoredBeforeEveryStepEndsTheSame(ContractSample sample) {
    for (Chain chain : sample.job().chains()) {
      ChainDriver<?> whole = driver(sample, chain).run();
      ChainDriver<?> broken = driver(sample, chain);
      restoreBeforeEveryStep(broken);
      assertSameEnd(broken, whole);
      ChainDriver<?> refit = whole.refit(0);
      restoreBeforeEveryStep(refit);
      assertSameEnd(refit, whole.refit(0).run());
    }
  }

  private static void restoreBeforeEveryStep(ChainDriver<?> driver) {
    boolean more = true;
    while (more) {
      byte[] snapshot = driver.snapshot();
      float[] left = driver.rowState().values().clone();
      driver.restore(snapshot);
      assertThat(driver.snapshot()).isEqualTo(snapshot);
      assertThat(driver.rowState().values()).isEqualTo(left);
      more = driver.step();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSequentialStateCanBeKeptBetweenAnyTwoBlocks(ContractSample sample) {
    for (Chain chain : sample.job().chains()) {
      if (learner().trainer(chain) instanceof SequentialTrainer<?> sequential) {
        SequentialChecks.keepBetweenBlocks(sequential, chain, sample.rows(), sample.prior());
      }
    }
  }

  private void assertSameEnd(ChainDriver<?> actual, ChainDriver<?> expected) {
    assertThat(texts(actual.results())).isEqualTo(texts(expected.results()));
    assertThat(actual.snapshot()).isEqualTo(expected.snapshot());
    assertThat(actual.rowState().values()).isEqualTo(expected.rowState().values());
  }

  private List<String> texts(List<FitResult> results) {
    List<String> texts = new ArrayList<>();
    for (FitResult result : results) {
      Model model = result.model();
      texts.add(
          "%a, %s, %s"
              .formatted(
                  result.objective(),
                  result.problem(),
                  model == null ? "none" : RecordingSink.bits(model, learner().codec())));
    }
    return texts;
  }

  // ---------------------------------------------------------------- engines

  @ParameterizedTest
  @MethodSource("samples")
  void anEngineLeavesWhatTheContractSays(ContractSample sample) {
    TrainedGroup expected = new ByHand(sample.job()).train(sample.group(), sample.above());
    for (int threads : new int[] {1, 4}) {
      RecordingSink sink = new RecordingSink();
      run(only(sample), sink, new RunOptions(threads, false, false, 1e9));
      assertThat(bits(sink.group(sample.group().key()))).isEqualTo(bits(expected));
      for (TrainedGroup family : sample.above()) {
        assertThat(bits(sink.group(family.key()))).isEqualTo(bits(family));
      }
    }
  }

  private static TrainJob only(ContractSample sample) {
    return TestJobs.replanned(
        sample.job(),
        groups -> groups.stream().filter(g -> g.family().equals(sample.group())).toList());
  }

  private static void run(TrainJob job, RecordingSink sink, RunOptions options) {
    new LocalEngine().run(job, sink, options, RunListener.NONE);
  }

  private String bits(TrainedGroup group) {
    return RecordingSink.bits(group, learner().codec());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGroupResumedFromAnySnapshotEndsTheSame(ContractSample sample) {
    GroupKey key = sample.group().key();
    RecordingSink whole = new RecordingSink();
    run(only(sample), whole, new RunOptions(1, false, false, 0));
    List<byte[]> snapshots = whole.snapshots(key);
    assertThat(snapshots).isNotEmpty();
    int step = 1 + snapshots.size() / SNAPSHOTS_TRIED;
    for (int at = snapshots.size() - 1; at >= 0; at -= step) {
      byte[] left = snapshots.get(at);
      RecordingSink resumed =
          new RecordingSink() {
            @Override
            public Optional<byte[]> snapshot(GroupKey asked) {
              return asked.equals(key) ? Optional.of(left) : Optional.empty();
            }
          };
      run(only(sample), resumed, new RunOptions(1, true, false, 1e9));
      assertThat(bits(resumed.group(key))).isEqualTo(bits(whole.group(key)));
    }
  }

  @Test
  void aGroupAloneIsTheSameAsTogether() {
    Recipe recipe = Recipe.of(1_300, 70, 4).numeric(3).levels(4).missing(0.05).withWeights();
    for (Task task : learner().tasks()) {
      MemoryTable table =
          TestTables.make(task == Task.CLASSIFICATION ? recipe.withClasses() : recipe, 9);
      for (Validation validation : ContractSample.VALIDATIONS) {
        SortedMap<String, String> together = trained(ContractSample.query(true, validation), table);
        assertThat(together.keySet()).containsExactly("", "g000", "g001", "g002");
        for (String key : List.of("g000", "g001", "g002")) {
          QueryBuilder only = ContractSample.query(true, validation).only(GroupKey.of(key));
          SortedMap<String, String> alone = trained(only, table);
          assertThat(alone).containsOnlyKeys("", key);
          assertThat(together).containsAllEntriesOf(alone);
        }
      }
    }
  }

  /** Trains as a user would, if the learner is known to users. */
  private SortedMap<String, String> trained(QueryBuilder query, MemoryTable table) {
    RunOptions options = new RunOptions(2, false, false, 1e9);
    RecordingSink sink = new RecordingSink();
    if (isRegistered()) {
      query.learner(learner().name());
      List<Config> canonical = configs().stream().map(learner()::canonical).toList();
      for (Setting setting : learner().settings()) {
        if (canonical.stream().anyMatch(c -> c.settings().containsKey(setting.name()))) {
          query.grid(
              setting.name(),
              configs().stream().map(c -> c.settings().get(setting.name())).distinct().toArray());
        }
      }
      GroupedModel model = Kingpin.train(query.build(), table, options, RunListener.NONE);
      model.groups().forEach(sink::done);
      model.find(GroupKey.of()).ifPresent(sink::done); // the model of all rows
    } else {
      run(job(query.build(), table), sink, options);
    }
    return sink.bits(learner().codec());
  }

  private TrainJob job(TrainQuery query, MemoryTable table) {
    return query.fallback() == Fallback.NONE
        ? TestJobs.of(learner(), configs(), query, table)
        : TestJobs.withFamilies(learner(), configs(), query, table);
  }

  @Test
  void theLearnerIsFoundByItsName() {
    boolean found =
        ServiceLoader.load(Learner.class).stream()
            .anyMatch(
                p -> p.type() == learner().getClass() && p.get().name().equals(learner().name()));
    assertThat(found).isEqualTo(isRegistered());
  }

  // ---------------------------------------------------------------- models

  @ParameterizedTest
  @MethodSource("samples")
  void aModelComesBackFromItsBytesUnchanged(ContractSample sample) throws IOException {
    Features features = sample.job().table().features();
    EncodedRows probe = probe(sample);
    for (Model model : models(sample)) {
      byte[] written = RecordingSink.bytes(model, learner().codec());
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(written));
      Model read = learner().codec().read(in, features);
      assertThat(in.read()).as("bytes left over").isEqualTo(-1);
      assertThat(RecordingSink.bytes(read, learner().codec())).isEqualTo(written);
      assertThat(predict(read, probe.all())).isEqualTo(predict(model, probe.all()));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aBlockIsPredictedAsItsRowsAreOneByOne(ContractSample sample) {
    EncodedRows probe = probe(sample);
    for (Model model : models(sample)) {
      double[] together = predict(model, probe.all());
      for (int r = 0; r < together.length / model.width(); r++) {
        assertThat(predict(model, probe.row(r))).isEqualTo(answer(model, together, r));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void modelsAnswerTogetherAsEachDoesAlone(ContractSample sample) {
    List<Model> models = models(sample);
    BatchChecks.assertAsAlone(models, learner().batch(models), probe(sample).all());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void trainingBlocksAreReadFromWhereTheyStart(ContractSample sample) {
    EncodedRows again = EncodedRows.read(sample.table(), sample.job().table());
    for (Model model : models(sample)) {
      double[] expected = predict(model, again.all());
      for (int b = 0; b < sample.rows().blocks(); b++) {
        RowBlock block = sample.rows().block(b);
        double[] predicted = predict(model, block);
        for (int r = 0; r < block.rows(); r++) {
          int place = block.ordinal()[block.offset() + r];
          assertThat(answer(model, predicted, r)).isEqualTo(answer(model, expected, place));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void predictionsAreNumbersWhateverTheRow(ContractSample sample) {
    int classes = sample.job().table().target().classes().size();
    for (Model model : models(sample)) {
      assertThat(model.width()).isEqualTo(classes > 2 ? classes : 1);
      double[] predictions = predict(model, probe(sample).all());
      for (double p : predictions) {
        assertThat(p).isFinite();
        assertThat(classes == 0 || p >= 0 && p <= 1).as("probability " + p).isTrue();
      }
      for (int r = 0; classes > 2 && r < predictions.length / classes; r++) {
        double sum = Arrays.stream(answer(model, predictions, r)).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
      }
      assertThat(model.describe()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theConstantModelAnswersItsValue(ContractSample sample) {
    Features features = sample.job().table().features();
    for (double value : new double[] {0, 1, -3.25, 1e9, 1e-300}) {
      Model model = learner().constant(features, value);
      assertThat(predict(model, probe(sample).all())).containsOnly(value);
    }
    if (learner().tasks().contains(Task.CLASSIFICATION)) {
      for (double[] answer : new double[][] {{0.25, 0.5, 0.25}, {0, 0, 1}, {0.1, 0, 0.2, 0.7}}) {
        Model model = learner().constant(features, answer);
        double[] predictions = predict(model, probe(sample).row(3));
        assertThat(predictions).containsExactly(answer, within(1e-12));
      }
    }
  }

  /** New rows: values missing, levels never seen, numbers far out. */
  private static EncodedRows probe(ContractSample sample) {
    List<Feature.Numeric> numeric = sample.job().table().features().numeric();
    boolean hasLevels = !sample.job().table().features().categorical().isEmpty();
    Recipe recipe = Recipe.of(120).numeric(numeric.size()).missing(0.3).levels(hasLevels ? 9 : 0);
    return EncodedRows.read(TestTables.make(recipe, 6), sample.job().table());
  }

  /** All models that a group's chains find, a refitted one and a constant. */
  private List<Model> models(ContractSample sample) {
    List<@Nullable Model> models = new ArrayList<>();
    for (Chain chain : sample.job().chains()) {
      ChainDriver<?> driver = driver(sample, chain).run();
      driver.results().forEach(r -> models.add(r.model()));
      if (driver.results().get(0).model() != null) {
        models.add(driver.refit(0).run().results().get(0).model());
      }
    }
    models.removeAll(Collections.singleton(null));
    assertThat(models).as("models of " + sample).isNotEmpty();
    double[] answer = new double[Objects.requireNonNull(models.get(0)).width()];
    Arrays.fill(answer, 1.0 / answer.length);
    models.add(learner().constant(sample.job().table().features(), answer));
    return models.stream().map(Objects::requireNonNull).toList();
  }

  /** The answer to one of several rows. */
  private static double[] answer(Model model, double[] predictions, int row) {
    return Arrays.copyOfRange(predictions, row * model.width(), (row + 1) * model.width());
  }

  /** Predictions of a block; what lies behind them must stay as it is. */
  private static double[] predict(Model model, RowBlock block) {
    int count = block.rows() * model.width();
    double[] predictions = new double[count + 3];
    Arrays.fill(predictions, -12345);
    model.predict(block, predictions);
    assertThat(Arrays.copyOfRange(predictions, count, predictions.length)).containsOnly(-12345);
    return Arrays.copyOf(predictions, count);
  }

  // ---------------------------------------------------------------- costs

  @ParameterizedTest
  @MethodSource("samples")
  void workIsCountedWithinAFactorOfFour(ContractSample sample) {
    GroupRows rows = sample.rows();
    Features features = sample.job().table().features();
    int cells = features.numeric().size() + features.categorical().size() + 1;
    for (Chain chain : sample.job().chains()) {
      Work work = learner().work(shape(sample, rows.rows()), chain);
      ChainDriver<?> driver = driver(sample, chain).run();
      assertThat(work.passes() / (double) driver.scans).isBetween(0.25, 4.0);
      assertThat(work.bytes() / (4.0 * driver.scans * cells * rows.rows())).isBetween(0.25, 4.0);
      assertThat(work.flops()).isFinite().isPositive();
      assertThat(driver.snapshot().length / work.stateBytes()).isBetween(0.25, 4.0);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void workGrowsWithRowsAndNeverShrinksWithFits(ContractSample sample) {
    for (Chain chain : sample.job().chains()) {
      Work small = learner().work(shape(sample, 1_000), chain);
      Work large = learner().work(shape(sample, 1_000_000), chain);
      assertThat(large.flops()).isGreaterThan(small.flops());
      assertThat(large.bytes()).isGreaterThan(small.bytes());
      assertThat(large.passes()).isGreaterThanOrEqualTo(small.passes());
      Work alone = learner().work(shape(sample, 1_000), chain.refit(0));
      assertThat(small.flops()).isGreaterThanOrEqualTo(alone.flops());
    }
  }

  private static GroupShape shape(ContractSample sample, long rows) {
    Features features = sample.job().table().features();
    int levels =
        features.categorical().stream()
            .mapToInt(c -> (int) Math.min(rows, c.dictionary().size()))
            .sum();
    return new GroupShape(
        rows,
        features.numeric().size(),
        features.categorical().size(),
        levels,
        sample.job().table().target().classes().size());
  }

  // ---------------------------------------------------------------- bad groups

  @Test
  void everyBadGroupHasAStatedOutcome() {
    for (BadGroups.Targets targets : targets()) {
      for (Validation validation : ContractSample.VALIDATIONS) {
        for (Fallback fallback : List.of(Fallback.NONE, Fallback.PARENT)) {
          BadGroups bad = BadGroups.of(targets);
          RecordingSink sink = new RecordingSink();
          TrainQuery query = ContractSample.query(true, validation).fallback(fallback).build();
          TrainJob job = job(query, bad.table());
          run(job, sink, new RunOptions(2, false, false, 1e9));
          assertThat(bad.complaints(job, sink)).as("%s, %s", targets, validation).isEmpty();
        }
      }
    }
  }

  private List<BadGroups.Targets> targets() {
    return BadGroups.Targets.of(learner().tasks(), learnsCounts());
  }

  @Test
  void tinyGroupsOfAllKindsHaveAnOutcome() {
    Random random = new Random(1);
    for (BadGroups.Targets targets : targets()) {
      for (String validation :
          List.of("holdout:0.01", "holdout:0.3", "holdout:0.99", "folds:2", "folds:7")) {
        int[] sizes = random.ints(60, 2, 9).toArray();
        Recipe recipe = Recipe.of(sizes).numeric(2).levels(3).missing(0.4).withWeights();
        MemoryTable table = TestTables.make(recipe.withClasses(targets.classes()), 8);
        TrainQuery query = ContractSample.query(true, Validation.of(validation)).build();
        TrainJob job = TestJobs.withFamilies(learner(), configs(), query, table);
        RecordingSink sink = new RecordingSink();
        run(job, sink, new RunOptions(2, false, false, 1e9));
        assertThat(BadGroups.complaints(job, sink, BadGroups.Fate.ANY_BUT_A_DEFECT)).isEmpty();
      }
    }
  }

  @Test
  void badNeighboursDoNotChangeAGoodGroup() {
    for (BadGroups.Targets targets : targets()) {
      MemoryTable table = BadGroups.of(targets).table();
      QueryBuilder all = ContractSample.query(true).fallback(Fallback.NONE);
      SortedMap<String, String> together = trained(all, table);
      QueryBuilder good =
          ContractSample.query(true).fallback(Fallback.NONE).only(GroupKey.of("good"));
      assertThat(trained(good, table)).containsEntry("good", together.get("good"));
    }
  }
}
