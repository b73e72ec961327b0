package dev.kingpin.plan;

import java.util.List;

/** What a strategy makes of some groups on a cluster. */
public sealed interface Layout {
  /** A way to train all groups. */
  record Stages(List<Stage> stages) implements Layout {
    public Stages {
      stages = List.copyOf(stages);
    }
  }

  /** The strategy cannot run these groups. */
  record NotApplicable(String reason) implements Layout {}
}
