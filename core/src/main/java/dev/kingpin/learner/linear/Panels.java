package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The panels of a worker, kept from step to step by the number of the block, until another group
 * needs their place: so a worker that trains a small group between two steps of a large one comes
 * back to most of its panels. They are kept as long as they fit into a share of the memory, and are
 * given up before that runs out. What is kept changes how fast a step is, and nothing else.
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
  private boolean hasOthers; // whether some panels may be of another design
  private long held;

  Panels(Buffers buffers) {
    this.buffers = buffers;
    spare = new Panel(buffers);
  }

  /** The rows of a block that the trials of a request learn from. */
  Panel of(LinearRequest.OfLoss request, RowBlock block) {
    turnTo(request.design());
    RowMask mask = request.hasOneMask() ? request.masks()[0] : null;
    Panel panel = place(block.number());
    if (!panel.isOf(request, block, mask)) {
      held -= panel.held();
      panel.fill(request, block, mask);
      held += panel.held();
    }
    return panel;
  }

  @SuppressWarnings("ReferenceEquality") // an equal design may be of other rows
  private void turnTo(Design other) {
    if (design != other) {
      design = other;
      hasOthers = true;
    }
  }

  private Panel place(int number) {
    List<Panel> kept = kept();
    if (held >= MOST && hasOthers && !hasPlace(kept, number)) {
      panels.clear();
      kept = kept();
    }
    while (kept.size() <= number && held < MOST) {
      kept.add(new Panel(buffers));
    }
    return held < MOST || hasPlace(kept, number) ? kept.get(number) : spare;
  }

  private static boolean hasPlace(List<Panel> kept, int number) {
    return number < kept.size() && kept.get(number).held() > 0;
  }

  /** What is kept, or nothing if the memory was needed for something else. */
  private List<Panel> kept() {
    List<Panel> kept = panels.get();
    if (kept == null) {
      kept = new ArrayList<>();
      panels = new SoftReference<>(kept);
      held = spare.held();
      hasOthers = false;
    }
    return kept;
  }
}
