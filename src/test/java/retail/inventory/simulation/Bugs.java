package retail.inventory.simulation;

import java.util.Locale;
import retail.inventory.planted.PlantedBug;

/** Bugs that others have had, or that somebody could make here tomorrow: the simulation has to find each of them. */
enum Bugs {
    ANSWERS_BEFORE_THE_FORCE("journal/file/LogWriter.java", "            batch.first = write(taken);", """
                        batch.first = durable.last() + 1;
                        batch.events = taken;
                        batch.answerDurable();
                        batch.first = write(taken);"""),
    REPEATS_A_FAILED_FORCE("journal/file/SegmentWriter.java", "        file.force();\n        forceNanos", """
                    try {
                        file.force();
                    } catch (IOException again) {
                        file.force();
                    }
                    forceNanos"""),
    MARKS_AS_DURABLE_WHAT_IS_NOT(
            "journal/file/SegmentWriter.java",
            "        preallocate();\n        force();\n        mark(lastSequence);",
            "        mark(lastSequence);\n        preallocate();\n        force();"),
    SHOWS_FOLLOWERS_WHAT_IS_NOT_DURABLE(
            "journal/file/LogWriter.java",
            "        end.commit(encoder, first, last);\n        durable.publish(placed, last);",
            "        durable.publish(placed, last);\n        end.commit(encoder, first, last);"),
    FORGETS_THE_NAME_OF_A_NEW_SEGMENT(
            "journal/file/SegmentWriter.java",
            "        disk.replace(next.file(), content.bytes());\n        disk.syncDirectory(directory);",
            "        disk.replace(next.file(), content.bytes());"),
    READS_WHAT_A_LATER_SEGMENT_MADE_VOID(
            "journal/file/LogRecovery.java",
            "while (expected <= limit && lines.next()) {\n                Line line = decodeOrRefuse",
            "while (lines.next()) {\n                Line line = decodeOrRefuse"),
    APPENDS_TO_A_TORN_LINE(
            "journal/file/LogRecovery.java",
            "boolean clean = !torn && unproven.isEmpty();",
            "boolean clean = unproven.isEmpty();"),
    BELIEVES_A_TAIL_THAT_NOBODY_FORCED(
            "journal/file/LogRecovery.java", "boolean clean = !torn && unproven.isEmpty();", "boolean clean = !torn;"),
    REPLACES_FILES_WITHOUT_FORCE(
            "files/Disk.java",
            "            files.force();\n        }\n        for (Path file",
            "        }\n        for (Path file"),
    CHECKPOINT_IS_AHEAD_OF_ITS_FILES(
            305,
            "checkpoint/InventoryFiles.java",
            "        long through = durable.getAsLong();\n        List<SkuRow> changed = table.takeDirty();",
            "        List<SkuRow> changed = table.takeDirty();\n        long through = durable.getAsLong();"),
    SAVES_WHAT_IS_NOT_DURABLE(
            "table/LiveRecords.java",
            "seen.get(i).isDurable() ? seen.get(i).record() : rows.get(i).durable();",
            "seen.get(i).record();"),
    READS_WHAT_IS_NOT_DURABLE(
            "table/SkuRow.java",
            "        while (!seen.isDurable()) {",
            "        while (seen.record() != null && version < 0) {"),
    REFUSES_ON_WHAT_IS_NOT_DURABLE(
            "service/ChangeAttempt.java",
            "() -> seen.isDurable() ? new Answer.Refused(rejected) : null;",
            "() -> new Answer.Refused(rejected);"),
    LEAVES_LOST_CHANGES_IN_MEMORY("service/PendingWrite.java", "rows.restore(seen);", "rows.settle(this);"),
    TAKES_BACK_HALF_A_SALE("table/SeveralRows.java", "i < all.size()", "i < 1"),
    SELLS_WHAT_IS_THERE_AND_LEAVES_OUT_THE_REST(
            "stock/StockRules.java", "return tooFew.isEmpty()", "return !movements.isEmpty()"),
    DECIDES_WITHOUT_THE_LOCK(
            "table/SkuRow.java",
            "        lock();\n        try {\n            return action.apply(current());\n        } finally {\n            unlock();\n        }",
            "        return action.apply(current());"),
    RELEASES_A_KEY_IN_FLIGHT(
            "service/ChangeAttempt.java", "            claim.handedToTheLog();", "            claim.released();"),
    FORGETS_KEYS_AT_START(
            "service/Recovery.java",
            "        idempotency.restore(event);",
            "        if (gaps < 0) {\n            idempotency.restore(event);\n        }"),
    LETS_GO_OF_YOUNG_KEYS(
            "journal/file/Compactor.java",
            "if (last > through || ages.of(segment).compareTo(young) < 0) {",
            "if (last > through || young.isNegative()) {"),
    DELETES_BEFORE_THE_ARCHIVE_IS_DURABLE(
            "journal/file/Compactor.java",
            "            out.force();\n            whole = true;",
            "            whole = true;"),
    LETS_GO_OF_WHAT_SNAPSHOTS_LACK(
            "central/CentralFiles.java",
            "return Math.min(oldest, needs.firstNeeded(oldest) - 1);",
            "return Long.MAX_VALUE;"),
    APPLIES_BY_ARRIVAL(
            "central/CentralInventory.java",
            "if (next.version() <= heldVersion) {",
            "if (next.version() == heldVersion) {"),
    GOES_ON_WITHOUT_THE_LETTER("central/CentralDeadLetters.java", "            write(LetterLine.kept(letter));", """
                        try {
                            write(LetterLine.kept(letter));
                        } catch (UncheckedIOException e) {
                            LOG.warn("lost", e);
                        }"""),
    FORGETS_THE_GAP_OF_A_LETTER_RESOLVED_LATE(
            "central/LetterNeeds.java",
            "letter.getKey() <= snapshot && letter.getValue() >= snapshot",
            "letter.getKey() <= snapshot && letter.getValue() < 0"),
    BELIEVES_A_LETTER_THAT_NOBODY_FORCED(
            195,
            "central/CentralDeadLetters.java",
            "        if (content.length > 0) {",
            "        if (content.length < 0) {"),
    A_TORN_LETTER_SWALLOWS_ANOTHER(
            "files/LineFile.java",
            "out.append(bytes.put(line).put((byte) '\\n').flip());",
            "out.append(bytes.put(line).flip());"),
    A_HOLD_COUNTS_AFTER_ITS_END(55, "stock/InventoryRecord.java", "return holds.live(at);", "return holds.total();"),
    A_SALE_RELIES_ON_A_LAPSE_THAT_NOBODY_WRITES_DOWN(
            "stock/StockRules.java",
            "Position.of(command.key(), current, command.at()).moved",
            "Position.asWritten(command.key(), current).moved"),
    CONFIRMS_AFTER_THE_END_WITHOUT_A_LOOK_AT_THE_STOCK(
            "stock/HoldRules.java", "work.isLive() ? List.of() : work.tooFew(asked);", "List.of();"),
    EXTENDS_AFTER_THE_END_WITHOUT_A_LOOK_AT_THE_STOCK(
            520, "stock/HoldRules.java", "work.isLive() ? List.of() : work.tooFew(HoldLine::qty);", "List.of();"),
    CHECKS_A_BASKET_LINE_BY_LINE("stock/Line.java", "qty + other.qty, expected", "Math.max(qty, other.qty), expected"),
    HOLDS_HALF_A_BASKET(
            "stock/HoldRules.java",
            "if (!tooFew.isEmpty()) {\n            return new Rejected(Reason.INSUFFICIENT_STOCK",
            "if (work.isEmpty() && !tooFew.isEmpty()) {\n            return new Rejected(Reason.INSUFFICIENT_STOCK"),
    TAKES_THE_LATER_PLACING_FOR_THE_LATER_HOLD(
            64,
            "stock/Hold.java",
            "placed.equals(other.placed) && version >= other.version",
            "placed.isAfter(other.placed) || (placed.equals(other.placed) && version >= other.version)"),
    FORGETS_A_HOLD_THAT_WAS_CONFIRMED_A_MOMENT_AGO(
            1249, "table/HoldTable.java", "row.forgetIfOver(at, since)", "row.forgetIfOver(at, Duration.ZERO)"),
    WRITES_NO_HOLD_INTO_ITS_FILES(
            "checkpoint/HoldFiles.java", "pass.write(holds.dirty().take());", "holds.dirty().take();"),
    TAKES_BACK_A_HOLD_BUT_NOT_ITS_NAME("table/HoldRows.java", "        row.restore(((HoldSeen) before).row());\n", ""),
    FORGETS_AT_A_CHECKPOINT_WHAT_IS_SET_ASIDE(
            "checkpoint/RecordHolds.java", "if (holds.isEmpty()) {", "if (!holds.isEmpty()) {"),
    NEEDS_THE_SWEEPER("stock/Hold.java", "if (hasEnded(at)) {", "if (hasEnded(at) && endsMs < 0) {"),
    CONFIRMING_LEAVES_THE_CLAIM(
            "stock/HoldWork.java",
            "new HeldUnits(command.holdId(), left, endsMs)",
            "new HeldUnits(command.holdId(), taken ? line.qty() : left, endsMs)"),
    SHOWS_A_HOLD_THAT_IS_NOT_DURABLE(
            186, "service/HoldReader.java", "new Seen(looked.isDurable(), ", "new Seen(true, "),
    SAYS_THAT_IT_IS_SO_BEFORE_IT_IS_DURABLE(
            369,
            "service/ChangeAttempt.java",
            "() -> seen.isDurable() ? new Answer.Already(hold) : null;",
            "() -> new Answer.Already(hold);");

    private final long likelySeed;
    private final String file;
    private final String snippet;
    private final String replacement;

    Bugs(String file, String snippet, String replacement) {
        this(1, file, snippet, replacement);
    }

    /** One that few seeds find, with the one that did the last time; when the service changes, it may be any other. */
    Bugs(long likelySeed, String file, String snippet, String replacement) {
        this.likelySeed = likelySeed;
        this.file = file;
        this.snippet = snippet;
        this.replacement = replacement;
    }

    /** To be planted. */
    PlantedBug bug() {
        return new PlantedBug(file, snippet, replacement);
    }

    /** The seed to begin with. */
    long likelySeed() {
        return likelySeed;
    }

    /** In words. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
