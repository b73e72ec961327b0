package dev.kingpin.engine.walled;

import java.util.ArrayList;
import java.util.List;

/**
 * Which groups may be trained by now: rows of later stages are sent while earlier ones are trained,
 * but a stage begins only when nothing is left of those before it.
 */
final class Turns {
  private final int[] left; // (stages) groups that are not done
  private final List<List<Runnable>> waiting = new ArrayList<>();
  private int current;

  /**
   * @param left (stages) groups of each
   */
  Turns(int[] left) {
    this.left = left.clone();
    for (int s = 0; s < left.length; s++) {
      waiting.add(new ArrayList<>());
    }
    moveOn();
  }

  /**
   * The rows of a group of a stage are all sent.
   *
   * @param train begins it
   */
  synchronized void arrived(int stage, Runnable train) {
    if (stage <= current) {
      train.run();
    } else {
      waiting.get(stage).add(train);
    }
  }

  /** A group of a stage is done. */
  synchronized void ended(int stage) {
    left[stage]--;
    moveOn();
  }

  private void moveOn() {
    while (current < left.length - 1 && left[current] == 0) {
      current++;
      waiting.get(current).forEach(Runnable::run);
      waiting.get(current).clear();
    }
  }
}
