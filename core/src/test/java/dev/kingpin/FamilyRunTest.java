package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.ArtifactModels;
import dev.kingpin.store.Models;
import dev.kingpin.store.TrainedGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs whose groups have parents: who answers for whom, and the same bits all the same. */
class FamilyRunTest {
  private static final ModelCodec CODEC = Learners.of("linear").codec();

  /** Parent p0 has a large group and a small one, p1 two large ones, p2 two that are too small. */
  private static final Recipe RECIPE =
      Recipe.of(700, 5, 300, 250, 6, 7).numeric(3).levels(3).missing(0.05).withWeights().parents(2);

  private static final GroupKey ALL = GroupKey.of();

  @TempDir private Path folder;

  private static QueryBuilder query() {
    return TrainQuery.groupBy("p", "g").predict("y").weight("w").grid("l2", 0.01, 1).seed(3);
  }

  /** Some configs lean on the parents, and rows are in folds. */
  private static QueryBuilder leaning() {
    return query().grid("shrink", 0, 20).validate(Validation.folds(3));
  }

  private static MemoryTable table(boolean classes) {
    return TestTables.make(classes ? RECIPE.withClasses() : RECIPE, 8);
  }

  private static GroupedModel train(QueryBuilder query, MemoryTable table) {
    return Kingpin.train(
        query.build(), table, new RunOptions(2, false, false, 1e9), RunListener.NONE);
  }

  private static Outcome outcome(GroupedModel model, String... key) {
    return model.find(GroupKey.of(key)).orElseThrow().outcome();
  }

  private static String bits(GroupedModel model, GroupKey key) {
    return RecordingSink.bits(model.find(key).orElseThrow(), CODEC);
  }

  // ---------------------------------------------------------------- who answers

  @Test
  void aGroupWithTooFewRowsIsAnsweredByItsParent() {
    GroupedModel model = train(query(), table(false));
    assertThat(outcome(model, "p0", "g000")).isInstanceOf(Outcome.Trained.class);
    assertThat(outcome(model, "p0", "g001"))
        .isEqualTo(
            new Outcome.Fallback(
                Outcome.Reason.TOO_FEW_ROWS, "5 usable rows, fewer than 30", GroupKey.of("p0")));
    assertThat(model.find(GroupKey.of("p0"))).map(TrainedGroup::rows).contains(705L);
  }

  @Test
  void aParentWithoutAModelLeavesTheAnswerToTheModelOfAllRows() {
    GroupedModel model = train(query(), table(false));
    assertThat(outcome(model, "p2")).isInstanceOf(Outcome.Failed.class);
    for (String group : List.of("g004", "g005")) {
      Outcome.Fallback fallback = (Outcome.Fallback) outcome(model, "p2", group);
      assertThat(fallback.answering()).isEqualTo(ALL);
    }
    assertThat(outcome(model)).isInstanceOf(Outcome.Trained.class);
  }

  @Test
  void whereNobodyHasAModelThereIsNoAnswer() {
    MemoryTable table = TestTables.make(Recipe.of(5, 6, 7).parents(2), 2);
    GroupedModel model = train(TrainQuery.groupBy("p", "g").predict("y"), table);
    assertThat(model.groups()).hasSize(3);
    for (TrainedGroup group : model.groups()) {
      assertThat(group.outcome()).isInstanceOf(Outcome.Failed.class);
    }
    assertThat(outcome(model)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aGroupWithoutATargetIsAnsweredToo() {
    double nan = Double.NaN;
    double[] y = new double[60];
    double[] x = new double[60];
    String[] g = new String[60];
    for (int r = 0; r < 60; r++) {
      x[r] = r * r % 17;
      y[r] = r < 3 ? nan : x[r] + r % 5;
      g[r] = r < 3 ? "none" : "some";
    }
    MemoryTable table = new MemoryTable("t").text("g", g).number("x", x).number("y", y);
    GroupedModel model = train(TrainQuery.groupBy("g").predict("y"), table);
    Outcome.Fallback none = (Outcome.Fallback) outcome(model, "none");
    assertThat(none.reason()).isEqualTo(Outcome.Reason.NO_TARGET);
    assertThat(none.answering()).isEqualTo(ALL);
    assertThat(model.group("none").skippedRows()).isEqualTo(3);
  }

  @Test
  void theModelOfAllRowsMayAnswerAlone() {
    GroupedModel model = train(query().fallback(Fallback.GLOBAL), table(false));
    Outcome.Fallback fallback = (Outcome.Fallback) outcome(model, "p0", "g001");
    assertThat(fallback.answering()).isEqualTo(ALL);
    assertThat(model.find(GroupKey.of("p0"))).as("no parent is trained").isEmpty();
    assertThat(model.find(ALL)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FAIL"})
  void withoutAFallbackGroupsFailAndNoFamilyIsTrained(Fallback fallback) {
    GroupedModel model = train(query().fallback(fallback), table(false));
    assertThat(outcome(model, "p0", "g001"))
        .isEqualTo(new Outcome.Failed(Outcome.Reason.TOO_FEW_ROWS, "5 usable rows, fewer than 30"));
    assertThat(model.find(ALL)).isEmpty();
    assertThat(model.find(GroupKey.of("p0"))).isEmpty();
    assertThat(model.size()).isEqualTo(6);
  }

  @Test
  void parentsAreTrainedForThoseWhoLeanOnThemThoughNobodyFallsBack() {
    GroupedModel model = train(leaning().fallback(Fallback.NONE), table(false));
    assertThat(outcome(model, "p0")).isInstanceOf(Outcome.Trained.class);
    assertThat(outcome(model, "p0", "g001")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void ownModelsKnowWhatParentsScoreOnTheSameRows() {
    GroupedModel model = train(leaning(), table(false));
    Outcome.Trained group = (Outcome.Trained) outcome(model, "p0", "g000");
    assertThat(group.rivals().parent()).isFinite();
    assertThat(group.rivals().global()).isFinite().isNotEqualTo(group.rivals().parent());
    Outcome.Trained parent = (Outcome.Trained) outcome(model, "p0");
    assertThat(parent.rivals().parent()).as("its nearest family is the global one").isNaN();
    assertThat(parent.rivals().global()).isFinite();
    Outcome.Trained all = (Outcome.Trained) outcome(model);
    assertThat(all.rivals().parent()).isNaN();
    assertThat(all.rivals().global()).isNaN();
    assertThat(all.rivals().constant()).isFinite();
  }

  // ---------------------------------------------------------------- levels

  @Test
  void familiesHaveTheirOutcomesBeforeTheirGroupsHave() {
    List<String> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void familyDone(GroupKey key, Outcome outcome, double work) {
            heard.add("family " + key);
          }

          @Override
          public void groupDone(GroupKey key, Outcome outcome, double work) {
            heard.add("group " + key);
          }
        };
    Kingpin.train(query().build(), table(false), new RunOptions(2, false, false, 1e9), listener);
    assertThat(heard).hasSize(10);
    assertThat(heard.get(0)).isEqualTo("family ");
    assertThat(heard.subList(1, 4))
        .containsExactlyInAnyOrder("family p0", "family p1", "family p2");
    assertThat(heard.subList(4, 10)).allMatch(h -> h.startsWith("group p"));
  }

  // ---------------------------------------------------------------- the same bits

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGroupTrainedAloneHasTheSameAncestorsBitForBit(boolean classes) {
    MemoryTable table = table(classes);
    GroupedModel together = train(leaning(), table);
    for (String[] key : new String[][] {{"p0", "g000"}, {"p0", "g001"}, {"p1", "g003"}}) {
      GroupKey group = GroupKey.of(key);
      GroupedModel alone = train(leaning().only(group), table);
      assertThat(alone.size()).isEqualTo(1);
      for (int depth = 0; depth <= 2; depth++) {
        assertThat(bits(alone, group.prefix(depth))).isEqualTo(bits(together, group.prefix(depth)));
      }
      GroupKey other = GroupKey.of(key[0].equals("p0") ? "p1" : "p0");
      assertThat(alone.find(other)).as("parents of others are not trained").isEmpty();
    }
  }

  @Test
  void severalGroupsOfSeveralParentsAreTheSameTogetherAndAlone() {
    MemoryTable table = table(false);
    GroupedModel together = train(leaning(), table);
    GroupKey first = GroupKey.of("p0", "g000");
    GroupKey second = GroupKey.of("p1", "g002");
    GroupedModel two = train(leaning().only(first).only(second), table);
    for (GroupKey key : List.of(ALL, GroupKey.of("p0"), GroupKey.of("p1"), first, second)) {
      assertThat(bits(two, key)).isEqualTo(bits(together, key));
    }
    assertThat(two.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyNumberOfThreadsGivesTheSameArtifact(boolean classes) throws Exception {
    byte[] expected = artifact("1.kp", 1, classes);
    for (int threads : new int[] {2, 5}) {
      assertThat(artifact(threads + ".kp", threads, classes)).isEqualTo(expected);
    }
  }

  private byte[] artifact(String name, int threads, boolean classes) throws Exception {
    Path out = folder.resolve(name);
    RunOptions options = new RunOptions(threads, false, false, 1e9);
    Kingpin.train(leaning().build(), table(classes), out, options, RunListener.NONE).close();
    return Files.readAllBytes(out);
  }

  // ---------------------------------------------------------------- on disk

  @Test
  void anArtifactKeepsFallbacksAndFamilies() throws Exception {
    Path saved = folder.resolve("saved.kp");
    GroupedModel trained = train(leaning(), table(false));
    trained.save(saved);
    assertThat(saved).hasBinaryContent(artifact("run.kp", 2, false));
    Map<String, String> expected = new TreeMap<>();
    try (Models models = ArtifactModels.open(saved)) {
      assertThat(models.keys()).hasSize(6).isEqualTo(keys(trained));
      assertThat(models.size()).isEqualTo(6);
      assertThat(models.families())
          .containsExactly(ALL, GroupKey.of("p0"), GroupKey.of("p1"), GroupKey.of("p2"));
      List<GroupKey> all = new ArrayList<>(models.keys());
      all.addAll(models.families());
      for (GroupKey key : all) {
        TrainedGroup kept = models.find(key).orElseThrow();
        expected.put(key.toString(), bits(trained, key));
        assertThat(RecordingSink.bits(kept, CODEC)).isEqualTo(bits(trained, key));
        boolean hasFolds = key.values().size() < 2 && kept.outcome() instanceof Outcome.Trained;
        assertThat(kept.foldModels()).hasSize(hasFolds ? 3 : 0);
      }
      Outcome fallback = models.find(GroupKey.of("p2", "g005")).orElseThrow().outcome();
      assertThat(fallback).isEqualTo(outcome(trained, "p2", "g005"));
      assertThat(fallback).isInstanceOf(Outcome.Fallback.class);
    }
    assertThat(expected).hasSize(10);
  }

  private static List<GroupKey> keys(GroupedModel model) {
    return model.groups().stream().map(TrainedGroup::key).toList();
  }

  /** Ends a run when some group or family is done, as a kill would. */
  private static final class Stop implements RunListener {
    private int left;

    Stop(int after) {
      left = after;
    }

    private void count() {
      if (--left == 0) {
        throw new IllegalStateException("stopped");
      }
    }

    @Override
    public void familyDone(GroupKey key, Outcome outcome, double work) {
      count();
    }

    @Override
    public void groupDone(GroupKey key, Outcome outcome, double work) {
      count();
    }
  }

  @Test
  void aRunStoppedAfterAnyFamilyOrGroupEndsWithTheSameArtifact() throws Exception {
    byte[] expected = artifact("whole.kp", 1, true);
    for (int after = 1; after <= 10; after++) {
      Path out = folder.resolve("stopped after " + after + ".kp");
      RunListener stop = new Stop(after);
      @Nullable Throwable thrown = catchThrowable(() -> resume(out, stop));
      assertThat(thrown).hasMessage("stopped");
      assertThat(out).doesNotExist();
      resume(out, RunListener.NONE);
      assertThat(out).hasBinaryContent(expected);
    }
  }

  @Test
  void aRunStoppedAgainAndAgainEndsWithTheSameArtifact() throws Exception {
    byte[] expected = artifact("whole.kp", 1, false);
    Path out = folder.resolve("stopped.kp");
    for (int i = 0; i < 9; i++) {
      assertThat(catchThrowable(() -> resume(out, new Stop(1)))).hasMessage("stopped");
    }
    resume(out, RunListener.NONE);
    assertThat(out).hasBinaryContent(expected);
  }

  private static void resume(Path out, RunListener listener) {
    boolean classes = out.toString().contains("after");
    RunOptions options = new RunOptions(1, true, false, 0);
    Kingpin.train(leaning().build(), table(classes), out, options, listener).close();
  }
}
