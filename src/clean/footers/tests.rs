use super::engine;

#[test]
fn every_pattern_can_be_found_and_compiles() {
    assert_eq!(engine::check_tables(), Vec::<String>::new());
}
