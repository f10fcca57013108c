package retail.inventory.web.central;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.audit.Audit;
import retail.inventory.central.Central;

/** Whether the central view is what the stores have: what the last comparison of all SKUs found. */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'api'")
@RequestMapping(
        path = {"/audit", "/api/audit"},
        produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private final Central central;
    private final Audit audit;

    AuditController(Central central, Audit audit) {
        this.central = central;
        this.audit = audit;
    }

    @GetMapping
    Audit.Report latest() {
        central.requireStarted();
        return audit.report();
    }
}
