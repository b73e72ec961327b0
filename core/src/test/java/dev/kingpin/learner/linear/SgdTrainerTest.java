package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stochastic steps beside textbook steps and beside the optimum; chains beside single fits. */
class SgdTrainerTest {
  private static final Kernels KERNELS = Kernels.best();

  private static FitResult alone(Loss loss, GroupRows rows, Config config) {
    Chain chain = SgdFixture.chain(loss, SgdFixture.HOLDOUT, List.of(config));
    return SgdFixture.results(SgdFixture.run(chain, rows, KERNELS)).get(0);
  }

  private static LinearModel model(FitResult result) {
    assertThat(result.problem()).isNull();
    assertThat(result.objective()).isFinite();
    return (LinearModel) requireNonNull(result.model());
  }

  /** What the exact trainers find. */
  private static FitResult optimum(Loss loss, GroupRows rows, Config config) {
    Fit fit = new Fit(config, SgdFixture.HOLDOUT);
    Metric metric = Metric.defaultFor(SgdFixture.task(loss));
    Chain chain = new Chain(Pattern.ALGEBRAIC, SgdFixture.task(loss), metric, List.of(fit));
    return loss == Loss.SQUARED
        ? exact(new SquaredTrainer(), chain, rows)
        : exact(new GlmTrainer(), chain, rows);
  }

  private static <S, Q, P> FitResult exact(
      AggregateTrainer<S, Q, P> trainer, Chain chain, GroupRows rows) {
    S state = trainer.begin(chain, rows.stats(), null);
    Workspace workspace = new Workspace(KERNELS);
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P partial = trainer.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
      }
      trainer.tell(state, partial);
    }
    FitResult result = trainer.finish(state, 0);
    assertThat(result.problem()).isNull();
    return result;
  }

  // ---------------------------------------------------------------- accuracy

  @ParameterizedTest
  @EnumSource(Loss.class)
  void stepsAreThoseOfATextbook(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 2_500, 1);
    for (int batch : new int[] {1, 7, 32, 1024}) {
      Config config =
          SgdFixture.config(
              loss,
              "batch=" + batch,
              "epochs=2",
              "learning_rate=0.01",
              "l1=0.02",
              "l2=0.05",
              "solver=sgd");
      Chain chain = SgdFixture.chain(loss, SgdFixture.HOLDOUT, List.of(config));
      SgdState state = SgdFixture.run(chain, rows, KERNELS);
      SgdStart start = new SgdStart(state, requireNonNull(state.moments));
      PlainSgd plain = new PlainSgd(loss, rows, batch, start.scores());
      double rate = loss == Loss.POISSON ? 0.01 * start.rateUnit(false) : 0.01;
      plain.learn(2, batch, rate, 0.02 / state.unit(), 0.05);
      double[] expected = plain.inDesign();
      double[] actual =
          requireNonNull(state.columns).toDesign(requireNonNull(state.ends[0]), state.outputs);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
      assertThat(actual).usingComparatorWithPrecision(2e-5 * largest).containsExactly(expected);
    }
  }

  /** A constant rate ends around the optimum: the objective is at most so far above. */
  private static final double CLOSE = 0.01;

  static Stream<String[]> solvers() {
    return Stream.of(
        new String[] {"solver=sgd", "learning_rate=0.01", "epochs=30"},
        new String[] {"solver=adam", "learning_rate=0.001", "epochs=30"});
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void theEndIsNearTheOptimum(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 6_000, 2);
    for (String penalty : List.of("l2=0", "l2=0.1", "l1=0.05")) {
      FitResult best = optimum(loss, rows, SgdFixture.config(loss, penalty));
      FitResult none = optimum(loss, rows, SgdFixture.config(loss, "l2=100000"));
      double range = none.objective() - best.objective();
      solvers()
          .forEach(
              solver -> {
                String[] settings = Arrays.copyOf(solver, solver.length + 1);
                settings[solver.length] = penalty;
                FitResult end = alone(loss, rows, SgdFixture.config(loss, settings));
                double above = (end.objective() - best.objective()) / range;
                assertThat(above).as("%s %s %s", loss, solver[0], penalty).isBetween(-1e-4, CLOSE);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void theObjectiveIsThatOfTheModel(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 1_500, 3);
    // Where all coefficients are 0, exact trainers know the objective too.
    Config strong = SgdFixture.config(loss, "solver=sgd", "l1=1000000000", "learning_rate=1e-9");
    Config none = SgdFixture.config(loss, "l2=100000");
    double expected = optimum(loss, rows, none).objective();
    assertThat(alone(loss, rows, strong).objective())
        .isCloseTo(expected, Offset.offset(1e-4 * Math.abs(expected)));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aLassoLeavesZeros(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 4_000, 4);
    String strength = loss == Loss.SQUARED ? "l1=2.5" : loss == Loss.POISSON ? "l1=0.5" : "l1=0.1";
    for (String solver : List.of("solver=sgd", "solver=adam")) {
      Config config = SgdFixture.config(loss, solver, strength, "epochs=20", "batch=256");
      LinearModel model = model(alone(loss, rows, config));
      int numeric = rows.stats().features().numeric().size();
      double[] coefficients = model.terms().coefficients();
      for (int k = 0; k < model.terms().outputs(); k++) {
        assertThat(coefficients[k * numeric + 4]).as("what says nothing").isEqualTo(0);
      }
      assertThat(Arrays.stream(coefficients).filter(c -> c != 0).count()).isPositive();
    }
  }

  // ---------------------------------------------------------------- chains

  private static List<Config> many(Loss loss, String solver) {
    return List.of(
        SgdFixture.config(loss, solver, "l2=0.1", "epochs=2"),
        SgdFixture.config(loss, solver, "l1=0.1", "epochs=4", "learning_rate=0.05"),
        SgdFixture.config(loss, solver, "l2=0", "epochs=3", "learning_rate=1000000"),
        SgdFixture.config(loss, solver, "l2=0", "epochs=1"),
        SgdFixture.config(loss, solver, "l2=0.5", "epochs=4"));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void fitsOfAChainEndAsTheyWouldAlone(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 1_400, 5);
    for (String solver : List.of("solver=sgd", "solver=adam")) {
      List<Config> configs = many(loss, solver);
      Chain chain = SgdFixture.chain(loss, SgdFixture.HOLDOUT, configs);
      List<FitResult> together = SgdFixture.results(SgdFixture.run(chain, rows, KERNELS));
      List<FitResult> scalar = SgdFixture.results(SgdFixture.run(chain, rows, Kernels.scalar()));
      for (int f = 0; f < configs.size(); f++) {
        String text = text(together.get(f));
        assertThat(text(alone(loss, rows, configs.get(f)))).isEqualTo(text);
        assertThat(text(scalar.get(f))).isEqualTo(text);
      }
    }
  }

  private static String text(FitResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (result.model() != null) {
      try {
        new LinearModelCodec().write(result.model(), new DataOutputStream(bytes));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return "%a %s %s"
        .formatted(result.objective(), result.problem(), Arrays.toString(bytes.toByteArray()));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aStateComesBackFromItsBytesBetweenAnyTwoCalls(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 2_100, 6);
    for (String solver : List.of("solver=sgd", "solver=adam")) {
      Chain chain = SgdFixture.chain(loss, SgdFixture.HOLDOUT, many(loss, solver));
      SgdState whole = SgdFixture.run(chain, rows, KERNELS);
      SgdState broken = brokenUp(chain, rows);
      assertThat(new SgdTrainer().snapshot(broken)).isEqualTo(new SgdTrainer().snapshot(whole));
      List<String> texts = SgdFixture.results(broken).stream().map(SgdTrainerTest::text).toList();
      assertThat(texts)
          .isEqualTo(SgdFixture.results(whole).stream().map(SgdTrainerTest::text).toList());
    }
  }

  private static SgdState brokenUp(Chain chain, GroupRows rows) {
    SgdTrainer trainer = new SgdTrainer();
    Workspace workspace = new Workspace(KERNELS);
    SgdState state = trainer.begin(chain, rows.stats(), null);
    while (trainer.wantsEpoch(state)) {
      for (int b = 0; b < rows.blocks(); b++) {
        state = trainer.restore(chain, rows.stats(), null, trainer.snapshot(state));
        trainer.advance(state, rows.block(b), workspace);
      }
      state = trainer.restore(chain, rows.stats(), null, trainer.snapshot(state));
      trainer.endEpoch(state);
    }
    return trainer.restore(chain, rows.stats(), null, trainer.snapshot(state));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aRefitTrainsOnAllRowsFromTheStart(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 1_800, 7);
    List<Config> configs = many(loss, "solver=sgd");
    Chain chain = SgdFixture.chain(loss, SgdFixture.HOLDOUT, configs);
    SgdState done = SgdFixture.run(chain, rows, KERNELS);
    SgdState refitted = SgdFixture.runOn(new SgdTrainer().refit(done, 1), rows, KERNELS);
    Chain all = SgdFixture.chain(loss, RowMask.ALL, List.of(configs.get(1)));
    SgdState fresh = SgdFixture.run(all, rows, KERNELS);
    double[] actual = requireNonNull(refitted.ends[0]);
    double[] expected = requireNonNull(fresh.ends[0]);
    assertThat(actual).usingComparatorWithPrecision(1e-6).containsExactly(expected);
  }

  @Test
  void fitsThatReadDifferentBatchesAreInDifferentChains() {
    Metric metric = Metric.RMSE;
    List<Fit> fits =
        Stream.of("sgd", "adam")
            .flatMap(s -> IntStream.of(16, 32).mapToObj(b -> new String[] {s, "batch=" + b}))
            .flatMap(
                w ->
                    Stream.of("l2=0", "l2=1")
                        .map(l -> SgdFixture.config(Loss.SQUARED, "solver=" + w[0], w[1], l)))
            .flatMap(c -> Stream.of(new Fit(c, RowMask.ALL), new Fit(c, SgdFixture.HOLDOUT)))
            .toList();
    List<Chain> chains = SgdTrainer.chains(SgdFixture.task(Loss.SQUARED), metric, fits);
    assertThat(chains).hasSize(8).allMatch(c -> c.fits().size() == 2);
    assertThat(chains).allMatch(c -> c.pattern() == Pattern.SEQUENTIAL);
  }

  // ---------------------------------------------------------------- ends without a model

  @ParameterizedTest
  @EnumSource(Loss.class)
  void stepsThatRunAwayAreAFailureWithAdvice(Loss loss) {
    GroupRows rows = SgdFixture.rows(loss, 1_000, 8);
    FitResult result =
        alone(loss, rows, SgdFixture.config(loss, "solver=sgd", "learning_rate=1000000"));
    assertThat(result.model()).isNull();
    assertThat(result.problem())
        .isEqualTo(
            "its steps ran away with learning_rate 1000000.0. Maybe use a smaller one, such as"
                + " 100000.0");
  }

  @Test
  void countsBelowZeroAreAFailure() {
    GroupRows rows = SgdFixture.rows(Loss.SQUARED, 1_000, 9);
    FitResult result = alone(Loss.POISSON, rows, SgdFixture.config(Loss.POISSON, "solver=sgd"));
    assertThat(result.problem()).startsWith("a Poisson model needs targets of 0 or more");
  }
}
