package dev.kingpin.learner;

import java.util.List;
import java.util.Map;

/** A model family and the values to try for its settings; each family brings a builder of these. */
public interface LearnerGrid {
  /** Name of the learner. */
  String learner();

  /** Values to try, by setting; settings that are not named get the learner's defaults. */
  Map<String, List<String>> values();
}
