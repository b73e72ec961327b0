package dev.kingpin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.WitnessLearner;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.ScoreTotals;
import dev.kingpin.tune.Scoring;
import dev.kingpin.tune.Split;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What families learn from, and how they are compared with their groups. */
class FamilyTrainingTest {
  private static final int[] SIZES = {400, 3, 250, 90, 61, 1_300}; // no two families are as large

  private static TrainQuery query(String validation) {
    return TrainQuery.groupBy("p", "g")
        .predict("y")
        .validate(Validation.of(validation))
        .seed(9)
        .build();
  }

  private static TrainJob job(Learner learner, String validation) {
    MemoryTable table = TestTables.make(Recipe.of(SIZES).parents(2), 7);
    return TestJobs.withFamilies(learner, TestJobs.defaults(learner), query(validation), table);
  }

  private static RecordingSink run(TrainJob job, int threads) {
    RecordingSink sink = new RecordingSink();
    RunOptions options = new RunOptions(threads, false, false, 1e9);
    new LocalEngine().run(job, sink, options, RunListener.NONE);
    return sink;
  }

  /** So nothing that a group is judged on has had a say in what its parents know. */
  @ParameterizedTest
  @ValueSource(strings = {"holdout:0.2", "folds:3"})
  void familiesHoldOutTheRowsThatTheirGroupsHoldOut(String validation) {
    WitnessLearner witness = new WitnessLearner();
    TrainJob job = job(witness, validation);
    run(job, 1);
    TrainJob split = job(new BinnedLearner(), validation); // its groups are split one by one
    GroupedTable table = split.table();
    for (int g = 0; g < table.groups(); g++) {
      Split.assign(table.rows(g), Validation.of(validation), 9);
    }
    for (int depth = 0; depth <= 2; depth++) {
      for (Family family : table.families(depth)) {
        long rows = table.rows(family).rows();
        Map<RowMask, Set<Integer>> learned = witness.learned(rows);
        assertThat(learned.isEmpty()).as("too few rows").isEqualTo(rows == 3);
        learned.forEach(
            (mask, places) -> assertThat(places).isEqualTo(places(table, family, mask)));
      }
    }
  }

  /** Places in the source of the rows that a mask leaves to learn from. */
  private static Set<Integer> places(GroupedTable table, Family family, RowMask mask) {
    Set<Integer> places = new TreeSet<>();
    for (int g = family.from(); g < family.to(); g++) {
      GroupRows rows = table.rows(g);
      for (int r = 0; r < rows.rows(); r++) {
        if (mask.fits(rows.fold(r))) {
          places.add(rows.ordinal(r));
        }
      }
    }
    return places;
  }

  @Test
  void validationRowsOfAFamilyAreThoseOfItsGroups() {
    TrainJob job = job(new BinnedLearner(), "holdout:0.3");
    RecordingSink sink = run(job, 2);
    long held = 0;
    for (Family group : job.table().families(2)) {
      held += Split.validationRows(job.table().rows(group));
    }
    assertThat(sink.group(GroupKey.of()).validationRows()).isEqualTo(held);
    long ofFirst =
        Split.validationRows(job.table().rows(0)) + Split.validationRows(job.table().rows(1));
    assertThat(sink.group(GroupKey.of("p0")).validationRows()).isEqualTo(ofFirst);
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdout:0.2", "folds:3"})
  void rivalsAreTheFoldModelsOfTheFamiliesOnTheGroupsOwnValidationRows(String validation) {
    TrainJob job = job(new BinnedLearner(), validation);
    RecordingSink sink = run(job, 2);
    for (Family group : job.table().families(2)) {
      TrainedGroup own = sink.group(group.key());
      if (own.outcome() instanceof Outcome.Trained trained) {
        double byParent = rmse(job, group, sink.group(group.key().prefix(1)));
        double byAll = rmse(job, group, sink.group(GroupKey.of()));
        assertThat(trained.rivals().parent()).isEqualTo(byParent);
        assertThat(trained.rivals().global()).isEqualTo(byAll);
        assertThat(own.foldModels()).isEmpty();
      }
    }
  }

  private static double rmse(TrainJob job, Family group, TrainedGroup judged) {
    GroupRows rows = job.table().rows(group);
    List<RowMask> masks = job.query().query().validation().masks();
    assertThat(judged.foldModels()).hasSameSizeAs(masks);
    ScoreTotals totals = new ScoreTotals(1);
    for (RowMask mask : masks) {
      Model model = judged.foldModels().get(mask.heldOut() - 1);
      int[] starts = rows.foldStarts(mask.heldOut());
      List<Metric> metrics = Metric.kept(Metric.RMSE);
      Scoring scoring = new Scoring(job.query().learner());
      Scoring.Request request =
          scoring.request(List.of(model), metrics, rows.stats(), mask.heldOut(), starts);
      Scoring.Answers answers = scoring.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        Workspace workspace = new Workspace(Kernels.best());
        scoring.accumulate(request, rows.block(b), RowState.NONE, answers, workspace);
      }
      totals.add(request, answers);
    }
    return totals.of(0, Metric.RMSE);
  }
}
