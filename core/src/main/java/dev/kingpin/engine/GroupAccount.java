package dev.kingpin.engine;

/**
 * What a group, or a family of groups, took: all attempts to train it, wherever they were made.
 *
 * @param status of its outcome
 * @param busySeconds that threads or workers computed for it
 * @param bytes that workers sent to one another for it
 * @param messages that workers sent to one another for it
 * @param syncs its steps that waited for answers of other workers
 */
public record GroupAccount(
    String status, double busySeconds, long bytes, long messages, long syncs) {}
