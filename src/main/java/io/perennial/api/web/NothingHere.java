package io.perennial.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What no operation of the API answers: no page of the console, so not for Vaadin. As it takes every request, the framework does
 * not say any more what of a request does not fit.
 */
@RestController
@Hidden
class NothingHere {

    private static final String ALL = "/api/**";

    private final ObjectProvider<RequestMappingHandlerMapping> addresses;

    NothingHere(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> addresses) {
        this.addresses = addresses;
    }

    @RequestMapping(ALL)
    ApiProblem nothing(HttpServletRequest request, HttpServletResponse response) {
        List<RequestMappingInfo> here = addresses.getObject().getHandlerMethods().keySet().stream()
                .filter(each -> !each.getPatternValues().contains(ALL))
                .filter(each -> each.getPathPatternsCondition() != null
                        && each.getPathPatternsCondition().getMatchingCondition(request) != null)
                .toList();
        if (here.isEmpty()) {
            throw Refused.notFound(
                    "The API has no such address. Its description is at " + ApiSecurity.DESCRIPTION + ".");
        }
        List<RequestMappingInfo> byMethod = here.stream()
                .filter(each -> each.getMethodsCondition().getMatchingCondition(request) != null)
                .toList();
        if (byMethod.isEmpty()) {
            String methods = here.stream()
                    .flatMap(each -> each.getMethodsCondition().getMethods().stream())
                    .map(Enum::name)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
            response.setHeader(HttpHeaders.ALLOW, methods);
            throw new Refused(ApiProblem.Kind.METHOD_NOT_ALLOWED, "This address takes " + methods + ".");
        }
        String types = byMethod.stream()
                .flatMap(each -> each.getConsumesCondition().getConsumableMediaTypes().stream())
                .map(Object::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        if (byMethod.stream().allMatch(each -> each.getConsumesCondition().getMatchingCondition(request) == null)) {
            throw new Refused(
                    ApiProblem.Kind.UNSUPPORTED_MEDIA_TYPE, "This address takes a body of the type " + types + ".");
        }
        throw new Refused(
                ApiProblem.Kind.NOT_ACCEPTABLE,
                "Answers are JSON: leave Accept out, or accept application/json and " + ApiProblem.MEDIA_TYPE + ".");
    }
}
