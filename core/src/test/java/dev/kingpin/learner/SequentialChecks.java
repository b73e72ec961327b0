package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Kernels;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What must hold between any two blocks of a chain that learns block by block. */
final class SequentialChecks {
  private SequentialChecks() {}

  /** A state kept and restored before every block of every epoch is as good as one that was not. */
  static <S> void keepBetweenBlocks(
      SequentialTrainer<S> trainer, Chain chain, GroupRows rows, @Nullable Prior prior) {
    Workspace workspace = new Workspace(Kernels.best());
    S whole = trainer.begin(chain, rows.stats(), prior);
    S broken = trainer.begin(chain, rows.stats(), prior);
    while (trainer.wantsEpoch(whole)) {
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.advance(whole, rows.block(b), workspace);
        byte[] snapshot = trainer.snapshot(broken);
        broken = trainer.restore(chain, rows.stats(), prior, snapshot);
        assertThat(trainer.snapshot(broken)).isEqualTo(snapshot);
        trainer.advance(broken, rows.block(b), workspace);
        assertThat(trainer.snapshot(broken)).isEqualTo(trainer.snapshot(whole));
      }
      trainer.endEpoch(whole);
      trainer.endEpoch(broken);
    }
    assertThat(trainer.wantsEpoch(broken)).isFalse();
    assertThat(IntStream.of(1, 2, 7, 64))
        .allMatch(v -> trainer.startShard(chain, v) >= 0 && trainer.startShard(chain, v) < v);
  }
}
