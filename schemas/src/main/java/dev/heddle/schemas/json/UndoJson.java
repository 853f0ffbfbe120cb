package dev.heddle.schemas.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.workspace.UndoPlan;
import dev.heddle.engine.workspace.UndoPlan.Leftover;
import dev.heddle.engine.workspace.UndoStep;
import java.util.List;

/** The report of what was taken back, the same whoever carried the plan out. Any thread. */
public final class UndoJson {

    private UndoJson() {
    }

    /**
     * {@return the report}
     *
     * @param plan      what was to be done
     * @param leftovers what could not be taken back cleanly, of the plan and of carrying it out
     * @param version   the newest version that came of it, or the plan's head where nothing did
     * @param dryRun    whether nothing was to be done
     */
    public static ObjectNode report(UndoPlan plan, List<Leftover> leftovers, long version, boolean dryRun) {
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("head", plan.head()).put("version", version)
            .put("selected", plan.selected()).put("dryRun", dryRun);
        ArrayNode steps = report.putArray("steps");
        for (UndoStep step : plan.steps()) {
            steps.addObject().put("path", step.path()).setAll(OperationJson.json(step.operation()));
        }
        ArrayNode rest = report.putArray("leftovers");
        leftovers.forEach(left -> rest.addObject().put("version", left.version()).put("path", left.path())
            .put("reason", left.reason()));
        return report;
    }
}
