/** What happened: the plan, the run and the models as tables, text and JSON. */
@NullMarked
package dev.kingpin.report;

import org.jspecify.annotations.NullMarked;
