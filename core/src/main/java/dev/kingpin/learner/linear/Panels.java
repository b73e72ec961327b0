package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The panels of a worker, kept from step to step while it stays with one design and one mask, as
 * long as they fit into a share of the memory, and are given up before that runs out. What is kept
 * changes how fast a step is, and nothing else.
 */
final class Panels {
  /** Floats that each worker keeps: with one for each processor, an eighth of the memory. */
  private static final long MOST =
      Runtime.getRuntime().maxMemory()
          / (8L * Float.BYTES * Runtime.getRuntime().availableProcessors());

  private final Buffers buffers;
  private SoftReference<List<Panel>> panels = new SoftReference<>(null); // by number of the block
  private final Panel spare;
  private @Nullable Design design;
  private @Nullable RowMask mask;
  private long held;

  Panels(Buffers buffers) {
    this.buffers = buffers;
    spare = new Panel(buffers);
  }

  /** The rows of a block that the trials of a request learn from. */
  Panel of(LinearRequest.OfLoss request, RowBlock block) {
    RowMask wanted = request.hasOneMask() ? request.masks()[0] : null;
    turnTo(request.design(), wanted);
    List<Panel> kept = kept();
    int number = (int) (block.firstRow() / RowBlock.ROWS);
    while (kept.size() <= number && held < MOST) {
      kept.add(new Panel(buffers));
    }
    if (number >= kept.size()) {
      spare.fill(request, block, wanted);
      return spare;
    }
    Panel panel = kept.get(number);
    if (!panel.isOf(block)) {
      held -= panel.held();
      panel.fill(request, block, wanted);
      held += panel.held();
    }
    return panel;
  }

  @SuppressWarnings("ReferenceEquality") // an equal design may be of other rows
  private void turnTo(Design other, @Nullable RowMask wanted) {
    if (design == other && Objects.equals(mask, wanted)) {
      return;
    }
    design = other;
    mask = wanted;
    if (held >= MOST) {
      panels.clear();
    }
    kept().forEach(Panel::forget);
  }

  /** What is kept, or nothing if the memory was needed for something else. */
  private List<Panel> kept() {
    List<Panel> kept = panels.get();
    if (kept == null) {
      kept = new ArrayList<>();
      panels = new SoftReference<>(kept);
      held = 0;
    }
    return kept;
  }
}
