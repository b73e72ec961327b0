package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.BatchChecks;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelBatch;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models answer together as each does alone, bit by bit. */
class LinearBatchTest {
  private static final int CLASSES = 3;

  private final GroupedTable table =
      ModelFixture.encode(
          TestTables.make(Recipe.of(1_030, 61).numeric(5).levels(6).missing(0.2), 5),
          Task.REGRESSION);
  private final Features features = table.rows(0).stats().features();

  private static int outputs(Link link) {
    return link == Link.SOFTMAX ? CLASSES : 1;
  }

  private LinearModel model(GroupRows rows, Link link, long seed) {
    Design design = ModelFixture.design(rows);
    double[] weights = ModelFixture.weights(design, outputs(link), seed);
    return LinearModel.of(design, link, weights, 1, 0);
  }

  private LinearModel constant(Link link) {
    return link == Link.SOFTMAX
        ? LinearModel.constant(features, 0.5, 0.25, 0.25)
        : LinearModel.constant(features, -0.0);
  }

  private void assertAsAlone(List<? extends Model> models) {
    ModelBatch batch = LinearBatch.of(models);
    for (Kernels kernels : List.of(Kernels.best(), Kernels.scalar())) {
      for (int g = 0; g < table.groups(); g++) {
        for (int b = 0; b < table.rows(g).blocks(); b++) {
          RowBlock block = table.rows(g).block(b);
          BatchChecks.assertAsAlone(models, batch, block, new Workspace(kernels));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void anyNumberOfModelsIsAnswered(Link link) {
    for (int count : new int[] {1, 2, 7, 8, 9, 20}) {
      assertAsAlone(
          IntStream.range(0, count).mapToObj(m -> model(table.rows(0), link, m)).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void constantsStandAnywhere(Link link) {
    for (int place = 0; place < 4; place++) {
      List<Model> models = new ArrayList<>();
      for (int m = 0; m < 4; m++) {
        models.add(m == place ? constant(link) : model(table.rows(0), link, m));
      }
      models.add(constant(link));
      assertAsAlone(models);
    }
    assertAsAlone(List.of(constant(link), constant(link)));
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void modelsMayHaveLearnedFromOtherRows(Link link) {
    GroupRows all = ModelFixture.all(table);
    assertAsAlone(
        List.of(
            model(table.rows(1), link, 1),
            model(table.rows(1), link, 2),
            model(all, link, 3),
            model(table.rows(0), link, 4)));
  }

  @Test
  void modelsWithoutMuchInCommonAreAskedOneByOne() {
    LinearModel linear = model(table.rows(0), Link.IDENTITY, 1);
    LinearModel logistic = model(table.rows(0), Link.LOGISTIC, 1);
    assertThat(LinearBatch.of(List.of(linear, logistic))).isNotInstanceOf(LinearBatch.class);
    assertAsAlone(List.of(linear, logistic, constant(Link.IDENTITY)));
  }
}
