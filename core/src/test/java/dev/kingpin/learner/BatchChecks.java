package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.AnswerKernels;
import dev.kingpin.kernel.Kernels;
import java.util.List;

/** Models answer together as each does alone, bit by bit. */
public final class BatchChecks {
  private BatchChecks() {}

  static void assertAsAlone(List<? extends Model> models, ModelBatch batch, RowBlock block) {
    assertAsAlone(models, batch, block, new Workspace(Kernels.best()));
  }

  public static void assertAsAlone(
      List<? extends Model> models, ModelBatch batch, RowBlock block, Workspace workspace) {
    assertThat(batch.size()).isEqualTo(models.size());
    int width = batch.width();
    double[] together = new double[block.rows() * models.size() * width + AnswerKernels.ROOM];
    batch.predict(block, together, workspace);
    double[] alone = new double[block.rows() * width];
    for (int m = 0; m < models.size(); m++) {
      models.get(m).predict(block, alone);
      for (int i = 0; i < alone.length; i++) {
        int at = (i / width * models.size() + m) * width + i % width;
        assertThat(together[at]).isEqualTo(alone[i]);
      }
    }
  }
}
