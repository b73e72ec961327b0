package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import java.util.List;

/** Models that have nothing in common. */
final class OneByOne implements ModelBatch {
  private final List<Model> models;

  OneByOne(List<? extends Model> models) {
    this.models = List.copyOf(models);
  }

  private static final class Buffers {
    double[] alone = new double[0];
  }

  @Override
  public int size() {
    return models.size();
  }

  @Override
  public int width() {
    return models.isEmpty() ? 1 : models.get(0).width();
  }

  @Override
  public void predict(RowBlock block, double[] predictions, Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, k -> new Buffers());
    int width = width();
    int length = block.rows() * width;
    if (buffers.alone.length < length) {
      buffers.alone = new double[length];
    }
    for (int m = 0; m < models.size(); m++) {
      models.get(m).predict(block, buffers.alone);
      for (int r = 0; r < block.rows(); r++) {
        int to = (r * models.size() + m) * width;
        System.arraycopy(buffers.alone, r * width, predictions, to, width);
      }
    }
  }
}
