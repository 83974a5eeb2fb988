DROP TABLE count_basis;
