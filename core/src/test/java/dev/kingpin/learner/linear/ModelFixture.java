package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Task;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Designs of encoded groups, and random weights for them. */
final class ModelFixture {
  private ModelFixture() {}

  static GroupedTable encode(MemoryTable table, Task task) {
    return encode(table, task, null);
  }

  static GroupedTable encode(MemoryTable table, Task task, @Nullable String weight) {
    TrainQuery query = TrainQuery.groupBy("g").predict("y").task(task).weight(weight).build();
    return TableEncoder.read(
        table,
        QueryResolver.resolve(query, table.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }

  /** All rows of a table as one family. */
  static GroupRows all(GroupedTable table) {
    return table.rows(table.families(0).get(0));
  }

  static Moments moments(GroupRows rows, RowMask mask) {
    Buffers buffers = new Buffers(Kernels.best());
    int[] lengths = {Moments.length(rows.stats().features())};
    LinearPartial partial = LinearPartial.of(lengths, rows.stats().minimum().length, null);
    for (int b = 0; b < rows.blocks(); b++) {
      Moments.accumulate(rows.stats(), mask, rows.block(b), partial, buffers);
    }
    return Moments.of(rows.stats(), partial);
  }

  static Design design(GroupRows rows) {
    return Design.of(moments(rows, RowMask.ALL));
  }

  /** (columns + 1, outputs), row-major. */
  static double[] weights(Design design, int outputs, long seed) {
    Random random = new Random(seed);
    return random.doubles((design.columns() + 1L) * outputs, -1, 1).toArray();
  }

  /** (rows, width), row-major. */
  static double[] predict(Model model, GroupRows rows) {
    int width = model.width();
    double[] all = new double[(int) rows.rows() * width];
    double[] ofBlock = new double[RowBlock.ROWS * width];
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      model.predict(block, ofBlock);
      System.arraycopy(ofBlock, 0, all, (int) block.firstRow() * width, block.rows() * width);
    }
    return all;
  }

  /** Sums of a row by the weights of a design, in design coordinates; (outputs). */
  static double[] sums(Design design, double[] weights, RowBlock block, int r) {
    int outputs = weights.length / (design.columns() + 1);
    double[] row = row(design, block, r);
    double[] sums = new double[outputs];
    for (int i = 0; i < row.length; i++) {
      for (int k = 0; k < outputs; k++) {
        sums[k] += row[i] * weights[i * outputs + k];
      }
    }
    return sums;
  }

  /** A row of the design matrix, a one last; (columns + 1). */
  static double[] row(Design design, RowBlock block, int r) {
    double[] row = new double[design.columns() + 1];
    int numeric = design.numeric();
    int from = block.numericOffset() + r * numeric;
    for (int j = 0; j < numeric; j++) {
      float value = block.numeric()[from + j];
      row[j] = Float.isNaN(value) ? 0 : ((double) value - design.centre[j]) * design.inverse[j];
    }
    for (int i = 0; i < design.indicators.length; i++) {
      row[numeric + i] = Float.isNaN(block.numeric()[from + design.indicators[i]]) ? 1 : 0;
    }
    for (int c = 0; c < block.categories(); c++) {
      int code = block.codes()[block.codesOffset() + r * block.categories() + c];
      int level = Moments.levelOf(code, block.features().categorical().get(c).dictionary());
      if (design.column(c, level) >= 0) {
        row[design.column(c, level)] = 1;
      }
    }
    row[design.columns()] = 1;
    return row;
  }
}
