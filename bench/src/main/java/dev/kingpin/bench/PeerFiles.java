package dev.kingpin.bench;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.learner.RowMask;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.tune.Split;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Writes the rows of a scenario for a peer, as convenient as can be: group by group, the rows to
 * learn from before the held-out rows, which are those that Kingpin holds out. All files are
 * little-endian without headers.
 */
final class PeerFiles {
  private static final RowMask MASK = Scenario.VALIDATION.masks().get(0);

  private final Path folder;
  private final GroupedTable table;
  private long fitRows;

  private PeerFiles(Path folder, GroupedTable table) {
    this.folder = folder;
    this.table = table;
  }

  /**
   * Writes shape.txt, sizes.i32 (groups, 2), x.f32 (rows, features) and y.f32 (rows).
   *
   * @param groups of how many groups at most, the first by their keys
   * @return number of rows to learn from
   */
  static long write(Scenario scenario, TableSource source, int groups, Path folder)
      throws IOException {
    GroupedTable table =
        TableEncoder.read(
            source,
            QueryResolver.resolve(scenario.query(), source.schema()).encoding(),
            Parallel.ALONE,
            (rows, expected) -> {});
    PeerFiles files = new PeerFiles(folder, table);
    files.writeShape(scenario);
    files.writeRows(Math.min(groups, table.groups()));
    return files.fitRows;
  }

  private void writeShape(Scenario scenario) throws IOException {
    String penalties =
        scenario.penalties().stream().map(String::valueOf).collect(Collectors.joining(" "));
    Files.writeString(
        folder.resolve("shape.txt"),
        "task %s%nfeatures %d%npenalties %s%n"
            .formatted(scenario.method(), scenario.features(), penalties));
  }

  private void writeRows(int groups) throws IOException {
    try (OutputStream sizes = open("sizes.i32");
        OutputStream x = open("x.f32");
        OutputStream y = open("y.f32")) {
      for (int g = 0; g < groups; g++) {
        GroupRows rows = table.rows(g);
        Split.assign(rows, Scenario.VALIDATION, Scenario.SEED);
        long held = Split.validationRows(rows);
        int fit = (int) (rows.rows() - held);
        sizes.write(bytes(2).putInt(fit).putInt((int) held).array());
        fitRows += fit;
        writeSide(rows, false, x, y);
        writeSide(rows, true, x, y);
      }
    }
  }

  private void writeSide(GroupRows rows, boolean held, OutputStream x, OutputStream y)
      throws IOException {
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int r = 0; r < block.rows(); r++) {
        if (MASK.fits(block.fold()[block.offset() + r]) == held) {
          continue;
        }
        x.write(features(block, r));
        double target = block.target()[block.offset() + r] + table.target().offset();
        y.write(bytes(1).putFloat((float) target).array());
      }
    }
  }

  private byte[] features(RowBlock block, int row) {
    byte[] row32 = new byte[4 * block.width()];
    ByteBuffer bytes = ByteBuffer.wrap(row32).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < block.width(); j++) {
      double offset = table.features().numeric().get(j).offset();
      float value = block.numeric()[block.numericOffset() + row * block.width() + j];
      bytes.putFloat((float) (value + offset));
    }
    return row32;
  }

  private OutputStream open(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 20);
  }

  private static ByteBuffer bytes(int numbers) {
    return ByteBuffer.allocate(4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
  }
}
