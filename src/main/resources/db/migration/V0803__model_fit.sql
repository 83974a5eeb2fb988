-- Every fit of a model, kept so that drift can be seen. parameters: times in days, money in the tenant's currency.
CREATE TABLE model_fit (
    tenant_id      BIGINT      NOT NULL,
    model          VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    fitted_at      DATETIME(6) NOT NULL,
    customers      INT         NOT NULL,
    parameters     JSON        NOT NULL,
    log_likelihood DOUBLE      NOT NULL,
    iterations     INT         NOT NULL,
    converged      BOOLEAN     NOT NULL,
    back_test      JSON        NULL,
    PRIMARY KEY (tenant_id, model, fitted_at),
    CONSTRAINT fk_model_fit_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
