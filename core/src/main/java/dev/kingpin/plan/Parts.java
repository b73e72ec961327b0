package dev.kingpin.plan;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts that a chain may be split into, worked out when somebody asks for them. */
final class Parts {
  /** Of a chain that cannot be split. */
  static final Parts NONE = new Parts(0, List::of);

  private final int count;
  private final Supplier<List<Demand.OfChain>> make;
  private @Nullable List<Demand.OfChain> made;

  /**
   * @param count how many there are; 0 if the chain cannot be split
   */
  Parts(int count, Supplier<List<Demand.OfChain>> make) {
    this.count = count;
    this.make = make;
  }

  int count() {
    return count;
  }

  List<Demand.OfChain> all() {
    if (made == null) {
      made = make.get();
    }
    return made;
  }
}
