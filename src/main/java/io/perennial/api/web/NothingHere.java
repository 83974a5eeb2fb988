package io.perennial.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Addresses of the API that nothing answers: no pages of the console, so not for Vaadin. */
@RestController
@Hidden
class NothingHere {

    @RequestMapping("/api/**")
    ApiProblem nothing() {
        throw Refused.notFound("The API has no such address, or not with this method. Its description is at "
                + ApiSecurity.DESCRIPTION + ".");
    }
}
